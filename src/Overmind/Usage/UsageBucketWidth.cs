using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>How long the spans of a report are.</summary>
[JsonConverter(typeof(LowerSnakeEnum<UsageBucketWidth>))]
public enum UsageBucketWidth
{
    /// <summary>A day of the organization: from midnight to midnight in its time zone, 23 to 25 hours.</summary>
    [JsonStringEnumMemberName("1d")]
    Day,

    /// <summary>An hour of UTC.</summary>
    [JsonStringEnumMemberName("1h")]
    Hour,
}
