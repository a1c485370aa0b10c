namespace Overmind.Models;

/// <summary>A chat model by provider and name, for example <c>offline/offline</c> or <c>openai/gpt-4-turbo</c>.</summary>
public sealed record ModelReference(string Provider, string Model)
{
    /// <summary>The model that needs no key and no network, and says so in its name.</summary>
    public static ModelReference Offline { get; } = new("offline", "offline");

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}/{Model}";
}
