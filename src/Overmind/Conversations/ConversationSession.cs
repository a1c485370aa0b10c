namespace Overmind.Conversations;

/// <summary>A sitting at a conversation.</summary>
public sealed record ConversationSession
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>conversation.session</c>.</summary>
    public string Object { get; } = "conversation.session";

    public required Guid ConversationId { get; init; }

    /// <summary>The conversation's owner.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The agent it is with; null: no one in particular.</summary>
    public Guid? AgentId { get; init; }

    public required ConversationSessionStatus Status { get; init; }

    /// <summary>Messages in it, deleted ones not counted.</summary>
    public required int MessageCount { get; init; }

    /// <summary>Tokens that its messages took to make.</summary>
    public required long TotalTokensUsed { get; init; }

    /// <summary>Calls of tools in its messages.</summary>
    public required int ToolCallsCount { get; init; }

    /// <summary>What the application remembers of it: a JSON object.</summary>
    public required JsonText SessionState { get; init; }

    /// <summary>What to know when it goes on: a JSON object; null: it was not interrupted.</summary>
    public JsonText? InterruptionContext { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When something was last said in it.</summary>
    public required DateTimeOffset LastActive { get; init; }

    /// <summary>When it was completed or abandoned; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
