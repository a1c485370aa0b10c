namespace Overmind.Jobs.Webhooks;

/// <summary>How long to wait after a failed attempt: the schedule that Standard Webhooks suggests, ten attempts in about three days.</summary>
static class WebhookRetries
{
    static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>An endpoint that took nothing for so long is disabled.</summary>
    public static readonly TimeSpan DisableAfter = TimeSpan.FromDays(5);

    /// <param name="failures">Attempts that failed so far; 1 or more.</param>
    /// <returns>Null: it was the last.</returns>
    public static TimeSpan? WaitAfter(int failures) => failures <= Waits.Length ? Waits[failures - 1] : null;
}
