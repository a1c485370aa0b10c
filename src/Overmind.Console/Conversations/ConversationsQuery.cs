using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>Which conversations the list shows, as its address says it.</summary>
public sealed record ConversationsQuery
{
    /// <summary>In the address: every status.</summary>
    const string Any = "any";

    public string? Folder { get; init; }

    public string? Tag { get; init; }

    /// <summary>Null: whatever it is. Archived ones are out of the way unless they are asked for.</summary>
    public ConversationStatus? Status { get; init; } = ConversationStatus.Active;

    /// <summary>The last conversation of the page before.</summary>
    public Guid? After { get; init; }

    /// <summary>What does not make sense in an address is left out.</summary>
    public static ConversationsQuery Of(string? folder, string? tag, string? status, Guid? after) => new()
    {
        Folder = Given(folder, 255),
        Tag = Given(tag, 100),
        Status = status == Any ? null : LowerSnake.Read<ConversationStatus>(status ?? "") is ConversationStatus.Archived ? ConversationStatus.Archived : ConversationStatus.Active,
        After = after,
    };

    public bool IsFiltered => this with { After = null } != new ConversationsQuery();

    public ConversationFilter Filter => new() { Folder = Folder, Tag = Tag, Status = Status };

    /// <summary>The page's address, from the console's root.</summary>
    public string Address
    {
        get
        {
            (string Name, string? Value)[] parts =
            [
                ("folder", Folder), ("tag", Tag), ("status", Status switch { ConversationStatus.Active => null, { } status => LowerSnake.Write(status), null => Any }),
                ("after", After?.ToString()),
            ];
            var given = parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}").ToList();
            return given.Count == 0 ? "conversations" : $"conversations?{string.Join('&', given)}";
        }
    }

    static string? Given(string? text, int most) => string.IsNullOrWhiteSpace(text) || text.Length > most ? null : StoredText.Clean(text.Trim());
}
