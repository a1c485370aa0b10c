namespace Overmind.WebConsole.Conversations;

/// <summary>Where a conversation went on in more than one way: which of them is shown, and the branches on either side of it.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Previous">Number of the branch before; null: it is the first.</param>
/// <param name="Next">Number of the branch after; null: it is the last.</param>
public sealed record BranchChoice(int Position, int Count, int? Previous, int? Next);
