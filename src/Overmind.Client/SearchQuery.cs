namespace Overmind.Client;

/// <summary>What is looked for, and where.</summary>
public sealed record SearchQuery
{
    /// <summary>A question, or words; <c>"a phrase"</c>, <c>or</c> between two, <c>-</c> before what is not to be there. 1 to 500 characters.</summary>
    public required string Text { get; init; }

    /// <summary><c>hybrid</c>, <c>text</c> or <c>semantic</c>. Default: text where there are phrases, <c>or</c> or <c>-</c>, else hybrid.</summary>
    public string? Mode { get; init; }

    /// <summary>How much each part of a score counts. Default: as the organization's settings say.</summary>
    public SearchWeights? Weights { get; init; }

    /// <summary><c>messages</c> or <c>conversations</c>, by their titles. Default: messages.</summary>
    public string? Type { get; init; }

    /// <summary><c>user</c>, <c>assistant</c>, <c>system</c> or <c>tool</c>: only messages of this role.</summary>
    public string? Role { get; init; }

    /// <summary>Only in conversations with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only in conversations of this folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Only messages of this conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Only what was made then. Default: whenever.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>1 to 100. Default: 20.</summary>
    public int? Limit { get; init; }

    /// <summary>What follows this one.</summary>
    public Guid? After { get; init; }

    internal Query Query => (CreatedAt ?? new()).AddTo(
        new Query().Add("query", Text).Add("mode", Mode).Add("weights", Weights?.ToString()).Add("type", Type).Add("role", Role).Add("tag", Tag).Add("folder", Folder).Add("conversation_id", ConversationId)
            .Add("limit", Limit).Add("after", After), "created_at");
}
