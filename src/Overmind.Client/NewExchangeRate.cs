using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>An exchange rate that an organization sets.</summary>
public sealed record NewExchangeRate
{
    /// <summary>By ISO 4217, any but USD.</summary>
    public required string Currency { get; init; }

    /// <summary>The organization's day from which on it holds, until the next one of that currency.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Units of that currency for one US dollar: 0.000001 to 1,000,000,000.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Rate { get; init; }
}
