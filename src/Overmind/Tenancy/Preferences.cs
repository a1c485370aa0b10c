using System.Text.Json;

namespace Overmind.Tenancy;

/// <summary>What a person chose for themselves (<c>users.preferences</c>), in every organization they belong to. In JSON as it stands here, in snake_case.</summary>
public sealed record Preferences
{
    /// <summary>The most characters of a conversation's title.</summary>
    public const int MaxTitleLength = 500;

    /// <summary>Always <c>preferences</c>.</summary>
    public string Object { get; } = "preferences";

    /// <summary>The colours of the console; null: each browser has its own choice.</summary>
    public ConsoleTheme? Theme { get; init; }

    /// <summary>Whether the console shows ids and resources as JSON. Default: false.</summary>
    public bool ShowDebugInfo { get; init; }

    /// <summary>What conversations are called that are begun without a title, 1 to 500 characters; null: by their first question.</summary>
    public string? DefaultConversationTitle { get; init; }

    /// <summary>Whether the browser keeps what is typed and not sent yet. Default: true.</summary>
    public bool AutoSave { get; init; } = true;

    /// <summary>Whether single keys do something in the console. Default: true.</summary>
    public bool KeyboardShortcutsEnabled { get; init; } = true;

    /// <summary>Whether the browser tells when one of their runs ends or waits for an approval while the console is hidden. Default: false.</summary>
    public bool NotificationsEnabled { get; init; }

    /// <summary>Whether memories are formed from what they say, where the organization forms any. Default: true.</summary>
    public bool MemoryForming { get; init; } = true;

    /// <summary>What is stored is free-form for SQL clients: a member of another type or out of range counts as not set.</summary>
    internal static Preferences Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var stored = document.RootElement;
        return new Preferences
        {
            Theme = Text(stored, "theme") is { } theme ? LowerSnake.Read<ConsoleTheme>(theme) : null,
            ShowDebugInfo = Flag(stored, "show_debug_info") ?? false,
            DefaultConversationTitle = Text(stored, "default_conversation_title") is { Length: >= 1 and <= MaxTitleLength } title ? title : null,
            AutoSave = Flag(stored, "auto_save") ?? true,
            KeyboardShortcutsEnabled = Flag(stored, "keyboard_shortcuts_enabled") ?? true,
            NotificationsEnabled = Flag(stored, "notifications_enabled") ?? false,
            MemoryForming = Flag(stored, "memory_forming") ?? true,
        };
    }

    static string? Text(JsonElement stored, string name) =>
        stored.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static bool? Flag(JsonElement stored, string name) =>
        stored.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
