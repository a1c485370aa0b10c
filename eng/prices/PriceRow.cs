namespace Overmind.PriceCatalogue;

/// <summary>One row of <c>model_prices</c>: the conditions under which it holds, and US dollars for each kind.</summary>
/// <param name="Amounts">By <see cref="Catalogue.Kinds"/>; empty text: none.</param>
sealed record PriceRow(
    string Provider, string Model, long ContextAbove, string ServiceTier, string TimeFrom, string TimeTo, string ValidFrom, string ValidTo,
    IReadOnlyList<string> Amounts)
{
    public const string Ever = "-infinity";
    public const string Always = "infinity";

    /// <summary>What does not change with the time.</summary>
    public (string Provider, string Model, long ContextAbove, string ServiceTier, string TimeFrom, string TimeTo) Key =>
        (Provider, Model, ContextAbove, ServiceTier, TimeFrom, TimeTo);

    public bool CostsAs(PriceRow other) => Amounts.SequenceEqual(other.Amounts);
}
