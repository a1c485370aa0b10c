using Overmind.Agents;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>A message, and the runs that answered it, or tried to.</summary>
/// <param name="Run">Of an answer: the run that wrote it, where it is known.</param>
/// <param name="Unanswered">Of a question: its runs that wrote no message, oldest first: at work, failed or stopped.</param>
public sealed record ThreadItem(Message Message, Run? Run, IReadOnlyList<Run> Unanswered)
{
    /// <summary>Messages in their order with the runs they belong to.</summary>
    public static IReadOnlyList<ThreadItem> Of(IReadOnlyList<Message> messages, IReadOnlyList<Run> runs)
    {
        var byId = runs.ToDictionary(r => r.Id);
        var written = messages.Where(m => m.RunId is not null && m.Role is MessageRole.Assistant).Select(m => m.RunId!.Value).ToHashSet();
        var unanswered = runs.Where(r => !written.Contains(r.Id) && r.Status is not RunStatus.Succeeded).OrderBy(r => r.CreatedAt).ToLookup(r => r.QuestionMessageId);
        return [.. messages.Select(m => new ThreadItem(
            m,
            m.Role is MessageRole.Assistant && m.RunId is { } id ? byId.GetValueOrDefault(id) : null,
            [.. unanswered[m.Id]]))];
    }
}
