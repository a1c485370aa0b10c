using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in preferences; what is null stays as it is.</summary>
public sealed record PreferencesChanges
{
    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public string? Theme { get; init; }

    public bool? ShowDebugInfo { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public string? DefaultConversationTitle { get; init; }

    public bool? AutoSave { get; init; }

    public bool? KeyboardShortcutsEnabled { get; init; }

    public bool? NotificationsEnabled { get; init; }

    public bool? MemoryForming { get; init; }

    /// <summary>The members that go back to their default, by their names in JSON, as <c>theme</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];
}
