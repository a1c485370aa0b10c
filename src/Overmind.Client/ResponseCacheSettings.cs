namespace Overmind.Client;

/// <summary>What calls do with the response cache where a request does not say.</summary>
public sealed record ResponseCacheSettings
{
    /// <summary><c>off</c>, <c>exact</c> or <c>semantic</c>.</summary>
    public string Mode { get; init; } = "off";

    /// <summary>How long an answer may be given: 1 to 31,536,000. Default: a day.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>How near two questions have to be, 0.8 to 1. Default: 0.99.</summary>
    public double? MinSimilarity { get; init; }
}
