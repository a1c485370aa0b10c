namespace Overmind.Conversations.Vectors;

/// <summary>How many texts of all organizations have a vector, and how many wait for one.</summary>
/// <param name="Of"><c>messages</c>, <c>conversations</c> or <c>memories</c>.</param>
public sealed record VectorStatus(string Of, long Embedded, long Waiting);
