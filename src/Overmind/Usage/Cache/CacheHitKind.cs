using System.Text.Json.Serialization;

namespace Overmind.Usage.Cache;

/// <summary>How an answer was found in the response cache.</summary>
[JsonConverter(typeof(LowerSnakeEnum<CacheHitKind>))]
public enum CacheHitKind
{
    /// <summary>The same was asked before.</summary>
    Exact,

    /// <summary>Something similar was.</summary>
    Semantic,
}
