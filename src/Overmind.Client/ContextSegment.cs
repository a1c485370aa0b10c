namespace Overmind.Client;

/// <summary>A part of what models were given of a conversation.</summary>
public sealed record ContextSegment
{
    /// <summary><c>summary</c>, <c>system</c>, <c>pinned</c>, <c>messages</c>, <c>memories</c> or <c>question</c>.</summary>
    public required string Name { get; init; }

    public required int Tokens { get; init; }

    /// <summary>Whether the window held more of it than fits.</summary>
    public required bool IsCut { get; init; }

    /// <summary>As they were sent; one that was changed since says otherwise now.</summary>
    public required IReadOnlyList<SentMessage> Messages { get; init; }
}
