namespace Overmind.Tenancy;

/// <summary>A word that is known of a person, as their expertise or their language.</summary>
public sealed record Trait
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>trait</c>.</summary>
    public string Object { get; } = "trait";

    /// <summary>What it is, as <c>expertise_level</c>.</summary>
    public required string TraitKey { get; init; }

    /// <summary>What it is for this person, 1 to 1000 characters.</summary>
    public required string TraitValue { get; init; }

    public required TraitSource Source { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
