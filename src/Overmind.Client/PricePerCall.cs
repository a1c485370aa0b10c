using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>US dollars for what is counted by the call (decimal strings in JSON).</summary>
[JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
public sealed record PricePerCall
{
    /// <summary>A call. Null: nothing beside its tokens.</summary>
    public decimal? Request { get; init; }

    /// <summary>A web search that the provider makes. Null: unknown.</summary>
    public decimal? WebSearch { get; init; }
}
