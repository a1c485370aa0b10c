using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>Where a price comes from.</summary>
[JsonConverter(typeof(LowerSnakeEnum<PriceSource>))]
public enum PriceSource
{
    /// <summary>Set by the organization; it goes before the catalogue's.</summary>
    Organization,

    /// <summary>Of the catalogue that is shipped.</summary>
    Catalogue,
}
