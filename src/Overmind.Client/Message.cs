using System.Text.Json;

namespace Overmind.Client;

/// <summary>A message of a conversation.</summary>
public sealed record Message
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>Its place in the conversation, from 1, growing.</summary>
    public required long Seq { get; init; }

    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }

    /// <summary>Structured content; null for plain text.</summary>
    public JsonElement? ContentParts { get; init; }

    public Guid? ParentMessageId { get; init; }

    /// <summary>The run that asked or answered it; null for others.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The person who wrote it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

    /// <summary>The model that answered, as <c>offline/offline</c>.</summary>
    public string? ModelUsed { get; init; }

    /// <summary>0 to 10; null when nothing scored it.</summary>
    public double? QualityScore { get; init; }

    public int? N2Iterations { get; init; }

    public int? TokensUsed { get; init; }

    /// <summary>Milliseconds it took to make.</summary>
    public int? LatencyMs { get; init; }

    public required JsonElement Metadata { get; init; }

    public required bool Edited { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
