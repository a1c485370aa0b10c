namespace Overmind.Agents;

/// <summary>What messages said that left the window, as it stood when the run was made.</summary>
/// <param name="Tokens">What it takes in a window.</param>
sealed record RunSummary(string Text, int Tokens, long FromSeq, long UntilSeq);
