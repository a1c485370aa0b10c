using System.Text.Json.Nodes;
using Overmind.Errors;

namespace Overmind.Usage.Cache;

/// <summary>What an organization's calls do with the response cache where a request says nothing (<c>response_cache</c> of its settings).</summary>
public sealed record ResponseCacheSettings
{
    /// <summary>A year, in seconds.</summary>
    internal const int MaxTtlSeconds = 31_536_000;

    /// <summary>Below it questions are alike in their words and no more.</summary>
    internal const double LeastSimilarity = 0.8;

    /// <summary>Chosen by measurement: docs/cache.md has the figures.</summary>
    internal const double DefaultSimilarity = 0.99;

    /// <summary>A day, in seconds.</summary>
    internal const int DefaultTtlSeconds = 86_400;

    /// <summary>Default: off. Only who runs the application knows which answers may be old.</summary>
    public CacheMode Mode { get; init; }

    /// <summary>How long an answer may be given, in seconds, 1 to 31,536,000. Default: a day.</summary>
    public int TtlSeconds { get; init; } = DefaultTtlSeconds;

    /// <summary>How near two questions have to be, by cosine, 0.8 to 1.</summary>
    public double MinSimilarity { get; init; } = DefaultSimilarity;

    internal void Check(ref Checks checks, string param)
    {
        checks.Require(TtlSeconds is >= 1 and <= MaxTtlSeconds, $"{param}.ttl_seconds", $"ttl_seconds is 1 to {MaxTtlSeconds}, not {TtlSeconds}.");
        checks.Require(
            MinSimilarity is >= LeastSimilarity and <= 1, $"{param}.min_similarity", $"min_similarity is {LeastSimilarity} to 1, not {MinSimilarity}.");
    }

    internal JsonObject ToJson() => new() { ["mode"] = LowerSnake.Write(Mode), ["ttl_seconds"] = TtlSeconds, ["min_similarity"] = MinSimilarity };
}
