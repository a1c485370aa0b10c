namespace Overmind.Client;

/// <summary>A message or a conversation that was found.</summary>
public sealed record SearchResult
{
    /// <summary>The message's, or the conversation's.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>message</c> or <c>conversation</c>.</summary>
    public required string Type { get; init; }

    public required Guid ConversationId { get; init; }

    public required string ConversationTitle { get; init; }

    /// <summary>Of a message.</summary>
    public string? Role { get; init; }

    /// <summary>Of a message: the branch of the conversation that it was written in, which may be abandoned; 0: its trunk.</summary>
    public int? Branch { get; init; }

    /// <summary>The text around what matched, or the title.</summary>
    public IReadOnlyList<SnippetPart> Snippet { get; init; } = [];

    /// <summary>By which the results are in order, the greatest first.</summary>
    public required double Score { get; init; }

    public required ScoreParts ScoreParts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
