using Microsoft.Extensions.AI;
using Overmind.Models.Offline;

namespace Overmind.Models;

/// <summary>The chat models of this installation, by provider.</summary>
/// <param name="providers">By the provider's name (<c>offline</c>, <c>openai</c>): the client of one of its models, or null when it has no such model.</param>
public sealed class ChatModels(IReadOnlyDictionary<string, Func<string, IChatClient?>> providers)
{
    /// <summary>The offline model, and other providers beside it.</summary>
    public static ChatModels WithOffline(OfflineChatClient offline, params IEnumerable<KeyValuePair<string, Func<string, IChatClient?>>> others) =>
        new(new Dictionary<string, Func<string, IChatClient?>>(others)
        {
            [ModelReference.Offline.Provider] = model => model == ModelReference.Offline.Model ? offline : null,
        });

    /// <summary>The client of a model, or null when there is none.</summary>
    public IChatClient? Find(ModelReference model) => providers.TryGetValue(model.Provider, out var clientOf) ? clientOf(model.Model) : null;

    /// <summary>The client of a model.</summary>
    /// <exception cref="ModelUnavailableException">The provider is not configured, or has no such model.</exception>
    public IChatClient Get(ModelReference model)
    {
        if (Find(model) is { } client) return client;
        var configured = string.Join(", ", providers.Keys.Order(StringComparer.Ordinal));
        throw new ModelUnavailableException(model, providers.ContainsKey(model.Provider)
            ? $"The provider '{model.Provider}' has no chat model '{model.Model}'. Choose another of its models, or 'offline/offline', which needs no key."
            : $"No provider '{model.Provider}' is configured here (configured: {configured}). Configure it, or choose another model; 'offline/offline' needs no key.");
    }
}
