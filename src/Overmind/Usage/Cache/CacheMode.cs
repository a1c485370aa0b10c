using System.Text.Json.Serialization;

namespace Overmind.Usage.Cache;

/// <summary>Whether calls are answered from the response cache.</summary>
[JsonConverter(typeof(LowerSnakeEnum<CacheMode>))]
public enum CacheMode
{
    /// <summary>Each call asks the model, and its answer is not kept.</summary>
    Off,

    /// <summary>The very same request gets the same answer.</summary>
    Exact,

    /// <summary>So does a question that is similar enough, when all else of the request is the same.</summary>
    Semantic,
}
