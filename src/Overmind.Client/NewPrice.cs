namespace Overmind.Client;

/// <summary>A price that an organization sets.</summary>
public sealed record NewPrice
{
    /// <summary>Key of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The model; with <c>*</c> at its end: all that begin so.</summary>
    public required string Model { get; init; }

    /// <summary>For calls whose prompt has more tokens than that. Default: 0.</summary>
    public long? ContextAbove { get; init; }

    /// <summary>For calls of this tier. Default: of all tiers.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Default: the whole day.</summary>
    public PriceHours? Hours { get; init; }

    /// <summary>Default: ever since; with <see cref="EndsPrevious"/>: now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Default: until further notice.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>0 to 10,000 US dollars each.</summary>
    public PricePerMillion? PerMillion { get; init; }

    /// <summary>0 to 100 US dollars each.</summary>
    public PricePerCall? PerCall { get; init; }

    /// <summary>Why, for people: 1 to 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>True: a price under the same conditions that holds when this one begins ends then. Default: this one is refused instead.</summary>
    public bool? EndsPrevious { get; init; }
}
