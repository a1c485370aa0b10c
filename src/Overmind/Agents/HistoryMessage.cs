namespace Overmind.Agents;

/// <summary>A message of the conversation before the question: <c>user</c>, <c>assistant</c> or <c>system</c>, and its text.</summary>
sealed record HistoryMessage(string Role, string Content);
