namespace Overmind.Conversations;

/// <summary>A message of a conversation.</summary>
public sealed record Message
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>message</c>.</summary>
    public string Object { get; } = "message";

    public required Guid ConversationId { get; init; }

    /// <summary>Its place in the conversation, from 1, growing; a deleted message leaves a gap.</summary>
    public required long Seq { get; init; }

    public required MessageRole Role { get; init; }

    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>Structured content with a <c>type</c>; null for plain text.</summary>
    public JsonText? ContentParts { get; init; }

    public Guid? ParentMessageId { get; init; }

    /// <summary>The run that wrote it; null for others.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The person who wrote it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

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

    public required JsonText Metadata { get; init; }

    public required bool Edited { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
