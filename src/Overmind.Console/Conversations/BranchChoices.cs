using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>The branches of a conversation, as its thread shows them: at each message after which they part.</summary>
public sealed class BranchChoices
{
    public static readonly BranchChoices None = new([], 0);

    readonly ILookup<Guid?, int> forkedAfter;
    readonly HashSet<int> shown = [];

    public BranchChoices(IReadOnlyList<Branch> branches, int active)
    {
        Active = active;
        forkedAfter = branches.OrderBy(b => b.Number).ToLookup(b => b.ForkedAfterMessageId, b => b.Number);
        var parents = branches.ToDictionary(b => b.Number, b => b.ParentNumber);
        for (int? number = active; number is { } at; number = at > 0 && parents.TryGetValue(at, out var parent) ? parent : null)
            shown.Add(at);
    }

    /// <summary>The branch that is shown.</summary>
    public int Active { get; }

    /// <summary>The choice at a message: of the ways in which the conversation goes on after the one before it. Null: there is one.</summary>
    /// <param name="before">Null: the message is the first.</param>
    public BranchChoice? At(Message message, Message? before)
    {
        var forks = forkedAfter[before?.Id].ToList();
        if (forks.Count == 0) return null;
        // The branch that they left goes on, too: it was first.
        List<int> ways = [before?.Branch ?? 0, .. forks];
        var position = ways.FindLastIndex(number => number == message.Branch || shown.Contains(number));
        return position < 0 ? null : new BranchChoice(
            position + 1, ways.Count, position > 0 ? ways[position - 1] : null, position + 1 < ways.Count ? ways[position + 1] : null);
    }
}
