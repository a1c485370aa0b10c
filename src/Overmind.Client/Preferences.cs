namespace Overmind.Client;

/// <summary>What a person chose for themselves.</summary>
public sealed record Preferences
{
    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>; null: each browser has its own choice.</summary>
    public string? Theme { get; init; }

    public bool ShowDebugInfo { get; init; }

    /// <summary>Null: conversations are called by their first question.</summary>
    public string? DefaultConversationTitle { get; init; }

    public bool AutoSave { get; init; }

    public bool KeyboardShortcutsEnabled { get; init; }

    /// <summary>Whether the browser tells when one of their runs ends or waits for an approval while the console is hidden.</summary>
    public bool NotificationsEnabled { get; init; }

    /// <summary>Whether memories are formed from what they say, where the organization forms any.</summary>
    public bool MemoryForming { get; init; }
}
