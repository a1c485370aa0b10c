using Overmind.Usage;

namespace Overmind.WebConsole.Usage;

/// <summary>Over what time usage is shown.</summary>
/// <param name="Key">As the address has it.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Buckets">How many spans of that width.</param>
public sealed record UsageSpan(string Key, string Name, UsageBucketWidth Width, int Buckets)
{
    public static IReadOnlyList<UsageSpan> All { get; } =
    [
        new("30d", "30 days", UsageBucketWidth.Day, 30), new("24h", "24 hours", UsageBucketWidth.Hour, 24), new("90d", "90 days", UsageBucketWidth.Day, 90), new("1y", "1 year", UsageBucketWidth.Day, 365),
    ];

    /// <summary>The one of this key; the first for any other.</summary>
    public static UsageSpan Of(string? key) => All.FirstOrDefault(span => span.Key == key) ?? All[0];

    /// <summary>The first moment of it, where now is the last.</summary>
    public DateTimeOffset Since(DateTimeOffset now) => now - (Buckets - 1) * (Width == UsageBucketWidth.Day ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1));
}
