namespace Overmind.Conversations.Transfers;

/// <summary>A conversation of a file, or why there is none.</summary>
/// <param name="Line">Where it begins; null where the file has no lines.</param>
/// <param name="Name">As the file names it.</param>
sealed record ImportItem(long? Line, string? Name, ImportedConversation? Conversation, string? Problem)
{
    public static ImportItem Broken(long? line, string? name, string problem) => new(line, name, null, problem);
}
