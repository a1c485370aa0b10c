namespace Overmind.Conversations.Transfers;

/// <summary>A conversation that was not imported.</summary>
/// <param name="Line">Of the file, from 1; null where it has no lines.</param>
/// <param name="Conversation">Which one, as the file names it; null where it could not be read so far.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ImportProblem(long? Line, string? Conversation, string Message);
