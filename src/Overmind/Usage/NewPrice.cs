using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Usage;

/// <summary>A price that an organization sets.</summary>
public sealed record NewPrice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Key of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>1 to 200 characters; with <c>*</c> at its end: all models that begin so.</summary>
    public required string Model { get; init; }

    /// <summary>For calls whose prompt has more tokens than that. Default: 0.</summary>
    public long ContextAbove { get; init; }

    /// <summary>For calls of this tier. Default: of all tiers.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Default: the whole day.</summary>
    public PriceHours? Hours { get; init; }

    /// <summary>Default: ever since; with <see cref="EndsPrevious"/>: now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Default: until further notice.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>0 to 10,000 US dollars each.</summary>
    public PricePerMillion PerMillion { get; init; } = new();

    /// <summary>0 to 100 US dollars each.</summary>
    public PricePerCall PerCall { get; init; } = new();

    /// <summary>1 to 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>True: a price under the same conditions that holds when this one begins ends then. Default: it is refused instead.</summary>
    public bool EndsPrevious { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        PriceRules.CheckConditions(ref checks, Provider, Model, ContextAbove, ServiceTier, Hours);
        PriceRules.CheckTime(ref checks, ValidFrom, ValidTo);
        PriceRules.CheckAmounts(ref checks, PerMillion, PerCall);
        checks.Require(
            PriceRow.Stored(PerMillion, PerCall).Any(a => a is not null), "per_million",
            "A price has one amount at least. Send per_million with input and output; 0 is for what costs nothing.", ErrorCode.MissingField);
        checks.Text("note", Note, 1, 500);
        checks.ThrowIfAny();
    }
}
