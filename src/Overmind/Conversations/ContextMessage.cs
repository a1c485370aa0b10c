namespace Overmind.Conversations;

/// <summary>A message in a context window, without its text.</summary>
public sealed record ContextMessage
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>context.message</c>.</summary>
    public string Object { get; } = "context.message";

    public required long Seq { get; init; }

    public required MessageRole Role { get; init; }

    public required bool Pinned { get; init; }

    /// <summary>What it takes in the window.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether <see cref="Tokens"/> is an estimate: its model publishes no tokenizer, or a client wrote it without a count.</summary>
    public required bool IsEstimated { get; init; }
}
