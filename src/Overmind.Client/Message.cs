using System.Text.Json;

namespace Overmind.Client;

/// <summary>A message of a conversation.</summary>
public sealed record Message
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>The branch it stands on; 0: the trunk.</summary>
    public required int Branch { get; init; }

    /// <summary>Its place in the conversation, from 1, growing over all branches.</summary>
    public required long Seq { get; init; }

    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }

    /// <summary>Structured content; null for plain text.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary>The message it follows or answers; null for the first.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>The session it was said in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The application's own channel through which it came.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>The run that asked or answered it; null for others.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The person who wrote it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

    /// <summary>The agent that wrote it.</summary>
    public Guid? SenderAgentId { get; init; }

    /// <summary>The model that answered, as <c>offline/offline</c>.</summary>
    public string? ModelUsed { get; init; }

    /// <summary>0 to 10; null when nothing scored it.</summary>
    public double? QualityScore { get; init; }

    public int? N2Iterations { get; init; }

    public int? TokensUsed { get; init; }

    /// <summary>Milliseconds it took to make.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>The version of its format.</summary>
    public required string Version { get; init; }

    public required JsonElement Metadata { get; init; }

    /// <summary>What was known when it was said.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>Calls of tools that it asks for; null for none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>Memories that it used; null when nobody said.</summary>
    public IReadOnlyList<Guid>? MemoryRefs { get; init; }

    /// <summary>Which version of it this is, from 1.</summary>
    public required int VersionNumber { get; init; }

    public required bool Edited { get; init; }

    /// <summary>Whether it stays in the context window whatever leaves.</summary>
    public required bool Pinned { get; init; }

    /// <summary>What it takes in a window, as the model's own tokenizer counts it; null: one token for 4 bytes is reckoned.</summary>
    public int? WindowTokens { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>flagged</c> or <c>blocked</c> (no model and no share has it); null: it was not moderated.</summary>
    public string? ModerationStatus { get; init; }

    /// <summary>What moderation found.</summary>
    public IReadOnlyList<ModerationFlag> ModerationFlags { get; init; } = [];
}
