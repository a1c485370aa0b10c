using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>What a conversation is called and where it is kept, as a form changes it.</summary>
/// <param name="Folder">Empty: in none.</param>
/// <param name="Tags">Separated by commas.</param>
public sealed record FiledConversation(Guid Id, string Title, string Folder, string Tags)
{
    public static FiledConversation Of(Guid id, string title, string? folder, IReadOnlyList<string> tags) => new(id, title, folder ?? "", string.Join(", ", tags));

    /// <summary>What is to change so that it is as the form says; each tag once, in the order they were written.</summary>
    public ConversationPatch Patch => new()
    {
        Title = Title.Trim(),
        Folder = new(string.IsNullOrWhiteSpace(Folder) ? null : Folder.Trim()),
        Tags = [.. Tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
    };
}
