namespace Overmind.Client;

/// <summary>A message in a context window, without its text.</summary>
public sealed record ContextMessage
{
    public required Guid Id { get; init; }

    public required long Seq { get; init; }

    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    public required bool Pinned { get; init; }

    /// <summary>What it takes in the window.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether <see cref="Tokens"/> is an estimate: its model publishes no tokenizer, or a client wrote it without a count.</summary>
    public required bool IsEstimated { get; init; }
}
