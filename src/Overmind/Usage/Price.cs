using Overmind.Models;

namespace Overmind.Usage;

/// <summary>What calls of a model cost, under the conditions that it names. In JSON as it stands here, in snake_case.</summary>
public sealed record Price
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>price</c>.</summary>
    public string Object { get; } = "price";

    public required PriceSource Source { get; init; }

    /// <summary>Key of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The model; with <c>*</c> at its end: all that begin so.</summary>
    public required string Model { get; init; }

    /// <summary>For calls whose prompt has more tokens than that, all of them. Default: 0.</summary>
    public required long ContextAbove { get; init; }

    /// <summary>For calls that the provider serves in this tier, as <c>priority</c>; null: for all that have no price of their own.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>For calls that begin then; null: the whole day.</summary>
    public PriceHours? Hours { get; init; }

    /// <summary>For calls that begin then or later; null: ever since.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>For calls that begin before; null: until further notice.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    public required PricePerMillion PerMillion { get; init; }

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
