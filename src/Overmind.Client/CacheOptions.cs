using System.Globalization;
using System.Net.Http.Headers;

namespace Overmind.Client;

/// <summary>What one request does with the response cache; what is null is as the organization's settings say.</summary>
public sealed record CacheOptions
{
    /// <summary><c>off</c>, <c>exact</c> or <c>semantic</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>1 to 31,536,000.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>By which its answers can be invalidated; at most 16, of letters, digits and <c>_.:-</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Answers of another tier are not found. Default: <c>production</c>.</summary>
    public string? QualityTier { get; init; }

    /// <summary>Asks the model anew, and keeps its answer in place of the one that is there.</summary>
    public bool NoCache { get; init; }

    /// <summary>Keeps nothing of this request.</summary>
    public bool NoStore { get; init; }

    /// <summary>The language that is asked in, as <c>de-AT</c>: answers to similar questions are not found across languages.</summary>
    public string? Language { get; init; }

    internal void AddTo(HttpRequestHeaders headers)
    {
        Add("x-overmind-cache", Mode);
        Add("x-overmind-cache-ttl", TtlSeconds?.ToString(CultureInfo.InvariantCulture));
        Add("x-overmind-cache-tags", Tags.Count == 0 ? null : string.Join(',', Tags));
        Add("x-overmind-cache-tier", QualityTier);
        Add("Accept-Language", Language);
        if (NoCache || NoStore) headers.CacheControl = new CacheControlHeaderValue { NoCache = NoCache, NoStore = NoStore };

        void Add(string name, string? value)
        {
            if (value is not null) headers.Add(name, value);
        }
    }
}
