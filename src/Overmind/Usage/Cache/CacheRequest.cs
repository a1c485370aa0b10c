using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Usage.Cache;

/// <summary>What one request asks of the response cache otherwise than the organization's settings; everything may be left out.</summary>
public sealed partial record CacheRequest
{
    /// <summary>Null: the organization's.</summary>
    public CacheMode? Mode { get; init; }

    /// <summary>1 to 31,536,000; null: the organization's.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>At most 16, by which the answers can be invalidated: letters, digits and <c>_.:-</c>, up to 64.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the answers are good for: those of another tier are not found. As a tag; null: <c>production</c>.</summary>
    public string? QualityTier { get; init; }

    /// <summary>Asks the model anew, and keeps its answer in place of the one that is there.</summary>
    public bool NoCache { get; init; }

    /// <summary>Keeps nothing of this request.</summary>
    public bool NoStore { get; init; }

    /// <summary>The language that is asked in, as <c>de-AT</c>: answers to similar questions are not found across languages.</summary>
    public string? Locale { get; init; }

    /// <summary>What is wrong with a value is told by the name of the header that has it over the API.</summary>
    internal void Check()
    {
        var checks = new Checks();
        checks.Require(
            TtlSeconds is null or (>= 1 and <= ResponseCacheSettings.MaxTtlSeconds), "x-overmind-cache-ttl",
            $"x-overmind-cache-ttl is 1 to {ResponseCacheSettings.MaxTtlSeconds} seconds, not {TtlSeconds}.", ErrorCode.InvalidParameter);
        checks.Require(Tags.Count <= 16, "x-overmind-cache-tags", $"x-overmind-cache-tags has at most 16 tags, not {Tags.Count}.", ErrorCode.InvalidParameter);
        checks.Require(
            Tags.All(Word().IsMatch), "x-overmind-cache-tags", "A tag has 1 to 64 letters, digits or _.:- (x-overmind-cache-tags separates them by commas).",
            ErrorCode.InvalidParameter);
        checks.Require(
            QualityTier is null || Word().IsMatch(QualityTier), "x-overmind-cache-tier", "x-overmind-cache-tier has 1 to 64 letters, digits or _.:-.",
            ErrorCode.InvalidParameter);
        checks.Require(Locale is null || Word().IsMatch(Locale), "accept-language", "accept-language is a language, as de-AT.", ErrorCode.InvalidParameter);
        checks.ThrowIfAny();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
