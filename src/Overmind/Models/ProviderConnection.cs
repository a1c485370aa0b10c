namespace Overmind.Models;

/// <summary>What is needed to call a provider.</summary>
sealed record ProviderConnection
{
    public required Guid Id { get; init; }

    /// <summary>The first part of <c>provider/model</c>.</summary>
    public required string Key { get; init; }

    public required ModelProviderKind Kind { get; init; }

    /// <summary>Without a slash at its end.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The API key; null when the provider needs none. Never to be logged or shown.</summary>
    public string? Secret { get; init; }

    public ModelProviderSettings Settings { get; init; } = new();

    /// <summary>Without the secret: a record that is logged shows all its members.</summary>
    public override string ToString() => $"{Key} ({LowerSnake.Write(Kind)} at {BaseUrl})";
}
