namespace Overmind.Conversations;

/// <summary>What messages said that left a context window, in short.</summary>
public sealed record ContextSummary
{
    public required string Text { get; init; }

    /// <summary>What it takes in the window.</summary>
    public required int Tokens { get; init; }

    /// <summary>The <see cref="Message.Seq"/> of the first message that it covers.</summary>
    public required long FromSeq { get; init; }

    /// <summary>That of the last one; those between that are in the window are not in it.</summary>
    public required long UntilSeq { get; init; }

    /// <summary>The model that wrote it, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }
}
