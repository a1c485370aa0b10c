namespace Overmind.WebConsole.Jobs;

/// <summary>Over what time ended jobs are counted.</summary>
/// <param name="Key">As the address has it.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Bucket">A sixtieth of it, in words.</param>
public sealed record JobsSpan(string Key, string Name, TimeSpan Length, string Bucket)
{
    public static IReadOnlyList<JobsSpan> All { get; } =
    [
        new("1h", "1 hour", TimeSpan.FromHours(1), "1 min"), new("24h", "24 hours", TimeSpan.FromDays(1), "24 min"), new("7d", "7 days", TimeSpan.FromDays(7), "2 h 48 min"),
    ];

    /// <summary>The one of this key; the first for any other.</summary>
    public static JobsSpan Of(string? key) => All.FirstOrDefault(s => s.Key == key) ?? All[0];
}
