using System.Text.Json;
using Overmind.Conversations.Attachments;

namespace Overmind.Agents;

/// <summary>What a run reads of its conversation: the window of the branch that its question is on.</summary>
sealed record RunHistory
{
    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<HistoryMessage> Messages { get; init; }

    /// <summary>Whether the window holds more than fits: then its oldest messages were left out for this run alone.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Whether messages have left the window.</summary>
    public bool HasLeft { get; init; }

    /// <summary>How long it took to read, with all that a run is made from, in milliseconds.</summary>
    public int BuildTimeMs { get; init; }

    public RunSummary? Summary { get; init; }

    /// <param name="rows">Those that fit, oldest first.</param>
    public static RunHistory Of(IReadOnlyList<HistoryRow> rows, RunSummary? summary, bool hasLeft)
    {
        var isCut = rows.Count > 0 && rows.Count < rows[0].HeldMessages;
        // What is cut ends before a whole exchange of tools: a result without its call says nothing.
        var orphans = isCut ? rows.Where(r => !r.Always).TakeWhile(r => r.Role == "tool").ToList() : [];
        return new RunHistory
        {
            Messages =
            [
                .. rows.Except(orphans).Select(r => new HistoryMessage(r.Role, r.Content) { Id = r.Id, Tokens = r.Tokens, Pinned = r.Pinned, AttachmentIds = Attached(r) }),
            ],
            IsCut = isCut,
            HasLeft = hasLeft,
            Summary = summary,
        };
    }

    static IReadOnlyList<Guid> Attached(HistoryRow row) => row.ContentParts is { } parts ? MessageAttachments.Ids(JsonElement.Parse(parts)) : [];
}
