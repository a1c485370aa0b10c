namespace Overmind.Client;

/// <summary>One attempt to deliver.</summary>
/// <param name="Status">HTTP status of the answer; null: there was none.</param>
/// <param name="Response">The first KB of the answer's body.</param>
/// <param name="Error">What went wrong; null: the event was taken.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, int LatencyMs, string? Response, string? Error)
{
    /// <summary>For how many seconds the endpoint wants to be left alone; null: it did not say.</summary>
    public int? RetryAfterSeconds { get; init; }
}
