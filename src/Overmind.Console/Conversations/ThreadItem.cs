using Overmind.Agents;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>A message, and the runs that answered it, or tried to.</summary>
/// <param name="Run">Of an answer: the run that wrote it, where it is known.</param>
/// <param name="Unanswered">Of a question: its runs that wrote no message, oldest first: at work, failed or stopped.</param>
/// <param name="Choice">Of a message after which the conversation parts: the ways it goes on; null: there is one.</param>
public sealed record ThreadItem(Message Message, Run? Run, IReadOnlyList<Run> Unanswered, BranchChoice? Choice = null)
{
    /// <summary>Messages in their order with the runs they belong to, as far as those are on the branch that is shown.</summary>
    /// <param name="hasEarlier">Whether there are messages before the first.</param>
    public static IReadOnlyList<ThreadItem> Of(IReadOnlyList<Message> messages, IReadOnlyList<Run> runs, BranchChoices branches, bool hasEarlier)
    {
        var byId = runs.ToDictionary(r => r.Id);
        var written = messages.Where(m => m.RunId is not null && m.Role is MessageRole.Assistant).Select(m => m.RunId!.Value).ToHashSet();
        var unanswered = runs.Where(r => !written.Contains(r.Id) && r.Status is not RunStatus.Succeeded).OrderBy(r => r.CreatedAt).ToLookup(r => r.QuestionMessageId);
        return [.. messages.Select((m, i) => new ThreadItem(
            m,
            m.Role is MessageRole.Assistant && m.RunId is { } id ? byId.GetValueOrDefault(id) : null,
            [.. unanswered[m.Id].Where(r => r.Branch == (i + 1 < messages.Count ? messages[i + 1].Branch : branches.Active))],
            i == 0 && hasEarlier ? null : branches.At(m, i == 0 ? null : messages[i - 1])))];
    }
}
