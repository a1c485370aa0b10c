namespace Overmind.Client;

/// <summary>A folder or a tag, with the conversations in it that one sees.</summary>
public sealed record ConversationGroup
{
    public required string Name { get; init; }

    public required long ConversationCount { get; init; }

    /// <summary>How many of them are archived.</summary>
    public required long ArchivedCount { get; init; }

    /// <summary>When the last message was added to one of them.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }
}
