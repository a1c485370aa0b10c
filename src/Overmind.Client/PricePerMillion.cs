using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>US dollars for a million tokens of each kind (decimal strings in JSON).</summary>
[JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
public sealed record PricePerMillion
{
    /// <summary>A token of the prompt. Null: unknown.</summary>
    public decimal? Input { get; init; }

    /// <summary>A token of the answer. Null: unknown.</summary>
    public decimal? Output { get; init; }

    /// <summary>One of the prompt that the provider had cached. Null: as the input.</summary>
    public decimal? CacheRead { get; init; }

    /// <summary>One of the prompt that it caches, for five minutes or as long as it does. Null: as the input.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>One of the prompt that it caches for an hour. Null: as <c>cache_write</c>.</summary>
    [JsonPropertyName("cache_write_1h")]
    public decimal? CacheWrite1h { get; init; }

    /// <summary>One of reasoning. Null: as the output.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>One of audio in the prompt. Null: as the input.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>One of audio in the answer. Null: as the output.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>One of an image in the prompt. Null: as the input.</summary>
    public decimal? ImageInput { get; init; }

    /// <summary>One of an image in the answer. Null: as the output.</summary>
    public decimal? ImageOutput { get; init; }
}
