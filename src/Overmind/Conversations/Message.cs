using Overmind.Conversations.Moderation;

namespace Overmind.Conversations;

/// <summary>A message of a conversation.</summary>
public sealed record Message
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>message</c>.</summary>
    public string Object { get; } = "message";

    public required Guid ConversationId { get; init; }

    /// <summary>The branch it stands on; 0: the trunk.</summary>
    public required int Branch { get; init; }

    /// <summary>Its place in the conversation, from 1, growing over all branches; a deleted message leaves a gap.</summary>
    public required long Seq { get; init; }

    public required MessageRole Role { get; init; }

    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>Structured content with a <c>type</c>; null for plain text.</summary>
    public JsonText? ContentParts { get; init; }

    /// <summary>The message it follows: the one before it on its branch, or the one it answers; null for the first.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>The session it was said in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The application's own channel through which it came.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>The run that wrote it; null for others.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The person who wrote it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

    /// <summary>The agent that wrote it.</summary>
    public Guid? SenderAgentId { get; init; }

    /// <summary>The model that answered, as <c>offline/offline</c>.</summary>
    public string? ModelUsed { get; init; }

    /// <summary>0 to 10; null when nothing scored it.</summary>
    public double? QualityScore { get; init; }

    /// <summary>Iterations its run made.</summary>
    public int? N2Iterations { get; init; }

    /// <summary>Tokens it took to make, in and out; null when unknown.</summary>
    public int? TokensUsed { get; init; }

    /// <summary>Milliseconds it took to make.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>The version of its format, up to 10 characters.</summary>
    public required string Version { get; init; }

    public required JsonText Metadata { get; init; }

    /// <summary>What was known when it was said, as a JSON object.</summary>
    public required JsonText Context { get; init; }

    /// <summary>Calls of tools that it asks for: <c>[{"id", "name", "arguments"}]</c>; null for none.</summary>
    public JsonText? Tools { get; init; }

    /// <summary>Memories that it used; null when nobody said.</summary>
    public IReadOnlyList<Guid>? MemoryRefs { get; init; }

    /// <summary>What moderation says of it; null: it was not moderated.</summary>
    public ModerationStatus? ModerationStatus { get; init; }

    /// <summary>What moderation found: <c>[{"code", "category", "detail", "source", "at"}]</c>.</summary>
    public JsonText ModerationFlags { get; init; } = new("[]"u8.ToArray());

    /// <summary>Which version of it this is, from 1.</summary>
    public required int VersionNumber { get; init; }

    public required bool Edited { get; init; }

    /// <summary>Whether it stays in the context window whatever leaves.</summary>
    public bool Pinned { get; init; }

    /// <summary>What it takes in a window, as the model's own tokenizer counts it; null: the model publishes none, and one token for 4 bytes is reckoned.</summary>
    public int? WindowTokens { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
