using Microsoft.Extensions.AI;
using Overmind.Models.Offline;
using Overmind.Postgres;

namespace Overmind.Models;

/// <summary>The chat models there are: those of the installation, and those of an organization's own providers.</summary>
/// <param name="installation">By the provider's name (<c>offline</c>): the client of one of its models, or null when it has no such model.</param>
/// <param name="organizations">Default: organizations have no providers of their own.</param>
public sealed class ChatModels(IReadOnlyDictionary<string, Func<string, IChatClient?>> installation, ProviderClients? organizations = null)
{
    /// <summary>The offline model, and other providers of the installation beside it.</summary>
    public static ChatModels WithOffline(
        OfflineChatClient offline, ProviderClients? organizations = null, params IEnumerable<KeyValuePair<string, Func<string, IChatClient?>>> others) =>
        new(
            new Dictionary<string, Func<string, IChatClient?>>(others)
            {
                [ModelReference.Offline.Provider] = model => model == ModelReference.Offline.Model ? offline : null,
            },
            organizations);

    /// <summary>The client of a model, for a member of an organization.</summary>
    /// <exception cref="ModelUnavailableException">The provider is not connected, or one of the installation has no such model.</exception>
    /// <exception cref="Errors.OvermindException">The provider's API key cannot be decrypted.</exception>
    public async ValueTask<IChatClient> GetAsync(Claims claims, ModelReference model, CancellationToken cancellationToken)
    {
        if (installation.TryGetValue(model.Provider, out var clientOf))
            return clientOf(model.Model) ?? throw new ModelUnavailableException(
                model, $"The provider '{model.Provider}' has no chat model '{model.Model}'. Choose another of its models, or 'offline/offline', which needs no key.");
        if (organizations is not null && await organizations.FindAsync(claims, model.Provider, cancellationToken) is { } provider)
            return provider.Chat(model.Model);
        IEnumerable<string> own = organizations is null ? [] : await organizations.KeysAsync(claims, cancellationToken);
        var connected = string.Join(", ", installation.Keys.Concat(own).Order(StringComparer.Ordinal));
        throw new ModelUnavailableException(
            model,
            $"No provider '{model.Provider}' is connected here (connected: {connected}). An admin connects it with `overmind models add` or over "
            + "/v1/model_providers; or choose another model: 'offline/offline' needs no key.");
    }

    /// <summary>The models of the installation as far as they can be listed: the offline one.</summary>
    internal IReadOnlyList<Model> OfInstallation() =>
        installation.ContainsKey(ModelReference.Offline.Provider)
            ? [new Model { Provider = ModelReference.Offline.Provider, Name = ModelReference.Offline.Model }]
            : [];
}
