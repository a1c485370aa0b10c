using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>What one US dollar is worth in another currency, as an organization reckons. In JSON as it stands here, in snake_case.</summary>
public sealed record ExchangeRate
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>exchange_rate</c>.</summary>
    public string Object { get; } = "exchange_rate";

    /// <summary>The other currency, by ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The organization's day from which on it holds, until the next one of that currency.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Units of that currency for one US dollar; a decimal string in JSON.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Rate { get; init; }

    /// <summary>The member who set it.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
