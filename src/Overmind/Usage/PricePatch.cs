using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Usage;

/// <summary>What is to change in a price; a member left null stays as it is. For what it is, another price is set.</summary>
public sealed record PricePatch
{
    /// <summary>All amounts for a million tokens, replacing what is there.</summary>
    public PricePerMillion? PerMillion { get; init; }

    /// <summary>All amounts for a call, replacing what is there.</summary>
    public PricePerCall? PerCall { get; init; }

    /// <summary>To null: ever since.</summary>
    public Change<DateTimeOffset?>? ValidFrom { get; init; }

    /// <summary>To null: until further notice.</summary>
    public Change<DateTimeOffset?>? ValidTo { get; init; }

    /// <summary>To null: none.</summary>
    public Change<string?>? Note { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        PriceRules.CheckTime(ref checks, ValidFrom?.Value, ValidTo?.Value);
        PriceRules.CheckAmounts(ref checks, PerMillion, PerCall);
        checks.Text("note", Note?.Value, 1, 500);
        checks.ThrowIfAny();
    }
}
