using Overmind.Errors;

namespace Overmind.Conversations.Search;

/// <summary>What is looked for, and where.</summary>
public sealed record SearchQuery
{
    /// <summary>The most a query has, in characters. A word that PostgreSQL looks for has at most 2,046 bytes.</summary>
    public const int MaxLength = 500;

    /// <summary>
    /// What is looked for, 1 to 500 characters. By words alone all of them are to be there; <c>"a phrase"</c>, <c>or</c> between two, <c>-</c> before what is not to
    /// be there.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Default: by words alone where <see cref="Text"/> has a phrase, <c>or</c> or <c>-</c>, else by words and meaning.</summary>
    public SearchMode? Mode { get; init; }

    /// <summary>How much each part of a score counts. Default: as the organization's settings say.</summary>
    public SearchWeights? Weights { get; init; }

    /// <summary>Default: messages.</summary>
    public SearchType Type { get; init; }

    /// <summary>Only messages of this role. Default: of all.</summary>
    public MessageRole? Role { get; init; }

    /// <summary>Only in conversations with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only in conversations of this folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Only messages of this conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Only what was made then. Default: whenever.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = PageRequest.First.Limit;

    /// <summary>What follows this one in the order of relevance.</summary>
    public Guid? After { get; init; }

    /// <summary>Whether the text has signs that only a search for words understands.</summary>
    internal static bool HasSigns(string text) =>
        text.Contains('"', StringComparison.Ordinal) || text.StartsWith('-') || text.Contains(" -", StringComparison.Ordinal)
        || text.Contains(" or ", StringComparison.OrdinalIgnoreCase);

    internal void Check()
    {
        new PageRequest { Limit = Limit }.Check();
        var checks = new Checks();
        checks.Text("query", Text, 1, MaxLength);
        checks.Text("tag", Tag, 1, 100);
        checks.Text("folder", Folder, 1, 255);
        Weights?.Check(ref checks, "weights");
        checks.ThrowIfAny();
        if (Type is SearchType.Conversations && (Role is not null || ConversationId is not null))
            throw new OvermindException(
                ErrorCode.InvalidParameter, "role and conversation_id are of messages, so they go with type=messages.", Role is not null ? "role" : "conversation_id");
    }
}
