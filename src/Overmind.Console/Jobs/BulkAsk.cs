namespace Overmind.WebConsole.Jobs;

/// <summary>A change of many jobs that is to be confirmed.</summary>
/// <param name="IsRetry">Else they are cancelled.</param>
/// <param name="Count">How many it concerns, at most 10,000 at a time.</param>
public sealed record BulkAsk(bool IsRetry, long Count)
{
    /// <summary>Why it could not be done.</summary>
    public string? Error { get; init; }
}
