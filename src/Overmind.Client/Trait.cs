namespace Overmind.Client;

/// <summary>A word that is known of a person.</summary>
public sealed record Trait
{
    public required Guid Id { get; init; }

    /// <summary>What it is, as <c>expertise_level</c>.</summary>
    public required string TraitKey { get; init; }

    public required string TraitValue { get; init; }

    /// <summary><c>user_input</c> or <c>ai_inferred</c>.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
