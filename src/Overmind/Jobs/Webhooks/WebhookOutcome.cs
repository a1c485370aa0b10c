namespace Overmind.Jobs.Webhooks;

/// <summary>What follows from an attempt.</summary>
/// <param name="NextAttemptAt">Null: there is none, it was taken or given up.</param>
/// <param name="DisabledReason">Why the endpoint gets nothing more; null: it does.</param>
sealed record WebhookOutcome(WebhookDeliveryStatus Status, DateTimeOffset? NextAttemptAt, string? DisabledReason)
{
    const int Gone = 410;

    /// <param name="failuresBefore">Attempts of this delivery that failed before it.</param>
    /// <param name="failingSince">When the endpoint's first attempt failed since its last success; null: it was well.</param>
    /// <param name="jitter">0 to 1, by chance.</param>
    public static WebhookOutcome Of(WebhookAttempt attempt, int failuresBefore, DateTimeOffset? failingSince, double jitter)
    {
        if (attempt.Error is null) return new(WebhookDeliveryStatus.Succeeded, null, null);
        var disabled = attempt.Status == Gone ? "gone" : attempt.At - failingSince >= WebhookRetries.DisableAfter ? "failing" : null;
        TimeSpan? asked = attempt.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var next = disabled is null ? attempt.At.AddMilliseconds(attempt.LatencyMs) + WebhookRetries.WaitAfter(failuresBefore + 1, asked, jitter) : null;
        return new(next is null ? WebhookDeliveryStatus.Failed : WebhookDeliveryStatus.Pending, next, disabled);
    }
}
