namespace Overmind.Models;

/// <summary>A chat model by provider and name, for example <c>offline/offline</c> or <c>openai/gpt-4-turbo</c>.</summary>
public sealed record ModelReference(string Provider, string Model)
{
    /// <summary>The model that needs no key and no network, and says so in its name.</summary>
    public static ModelReference Offline { get; } = new("offline", "offline");

    /// <summary>Reads <c>provider/model</c>; the model's name may hold further slashes. Null when the text is none.</summary>
    public static ModelReference? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash <= 0 || slash == text.Length - 1 ? null : new ModelReference(text[..slash], text[(slash + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}/{Model}";
}
