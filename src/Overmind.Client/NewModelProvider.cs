namespace Overmind.Client;

/// <summary>A provider to be connected.</summary>
public sealed record NewModelProvider
{
    /// <summary>Lower-case letters, digits, - and _; not <c>offline</c>. Default: the kind.</summary>
    public string? Key { get; init; }

    /// <summary><c>openai</c> (and what is compatible), <c>anthropic</c> or <c>ollama</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>http or https. Default: the provider's own; for Ollama the server's machine.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The API key. Default: none.</summary>
    public string? Secret { get; init; }

    public ModelProviderSettings? Settings { get; init; }

    /// <summary>Default: true.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Without the secret: a record that is logged shows all its members.</summary>
    public override string ToString() => $"{Key ?? Kind} ({Kind} at {BaseUrl ?? "its own address"})";
}
