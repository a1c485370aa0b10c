namespace Overmind.Client;

/// <summary>What calls of a model cost, under the conditions that it names.</summary>
public sealed record Price
{
    public required Guid Id { get; init; }

    /// <summary><c>organization</c>, which goes first, or <c>catalogue</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Key of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The model; with <c>*</c> at its end: all that begin so.</summary>
    public required string Model { get; init; }

    /// <summary>For calls whose prompt has more tokens than that, all of them.</summary>
    public required long ContextAbove { get; init; }

    /// <summary>For calls of this tier, as <c>priority</c>; null: for all that have no price of their own.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>For calls that begin then, in UTC; null: the whole day.</summary>
    public PriceHours? Hours { get; init; }

    /// <summary>For calls that begin then or later; null: ever since.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>For calls that begin before; null: until further notice.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>US dollars for a million tokens.</summary>
    public required PricePerMillion PerMillion { get; init; }

    /// <summary>US dollars for what is counted by the call.</summary>
    public required PricePerCall PerCall { get; init; }

    /// <summary>Always <c>USD</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Note { get; init; }

    /// <summary>The member who set it; null: the catalogue's.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>Null: the catalogue's.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null: the catalogue's.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
