using System.Text.Json.Serialization;

namespace Overmind.Jobs;

/// <summary>How waits grow.</summary>
[JsonConverter(typeof(LowerSnakeEnum<JobRetryStrategy>))]
public enum JobRetryStrategy
{
    /// <summary>The base, twice, four times, …</summary>
    Exponential,

    /// <summary>The base, twice, three times, …</summary>
    Linear,

    /// <summary>Always the base.</summary>
    Fixed,
}
