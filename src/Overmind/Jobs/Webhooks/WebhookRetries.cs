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

    /// <summary>How much longer a wait may be: deliveries that failed together do not all come again at once.</summary>
    const double Jitter = 0.1;

    /// <param name="failures">Attempts that failed so far; 1 or more.</param>
    /// <param name="asked">How long the endpoint wants to be left alone; heeded up to the longest wait. Null: it did not say.</param>
    /// <param name="jitter">0 to 1, by chance.</param>
    /// <returns>Null: it was the last.</returns>
    public static TimeSpan? WaitAfter(int failures, TimeSpan? asked, double jitter)
    {
        if (failures > Waits.Length) return null;
        var wait = Waits[failures - 1];
        if (asked > wait) wait = asked < Waits[^1] ? asked.Value : Waits[^1];
        return wait * (1 + Jitter * jitter);
    }
}
