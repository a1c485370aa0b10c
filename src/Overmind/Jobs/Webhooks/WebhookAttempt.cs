namespace Overmind.Jobs.Webhooks;

/// <summary>One attempt to deliver.</summary>
/// <param name="Status">HTTP status of the answer; null: there was none.</param>
/// <param name="LatencyMs">How long it took.</param>
/// <param name="Response">The first KB of the answer's body; null: there was none.</param>
/// <param name="Error">What went wrong; null: nothing, the event was taken.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, int LatencyMs, string? Response, string? Error)
{
    /// <summary>For how many seconds the endpoint wants to be left alone, as it said with 429 or 503; null: it did not.</summary>
    public int? RetryAfterSeconds { get; init; }
}
