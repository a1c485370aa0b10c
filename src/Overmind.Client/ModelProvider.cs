namespace Overmind.Client;

/// <summary>Where an organization gets models from. Its API key is never shown again, but for its end.</summary>
public sealed record ModelProvider
{
    public required Guid Id { get; init; }

    /// <summary>The first part of <c>provider/model</c>.</summary>
    public required string Key { get; init; }

    /// <summary><c>openai</c>, <c>anthropic</c> or <c>ollama</c>.</summary>
    public required string Kind { get; init; }

    public required string BaseUrl { get; init; }

    /// <summary>The last four characters of the API key; null when it has none, or one too short to show any.</summary>
    public string? SecretHint { get; init; }

    public required ModelProviderSettings Settings { get; init; }

    /// <summary>False: switched off.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastTestAt { get; init; }

    /// <summary>What was wrong when it was last tested; null: nothing.</summary>
    public string? LastTestError { get; init; }

    /// <summary>The member who connected it.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
