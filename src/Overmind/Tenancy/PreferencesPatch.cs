using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>What is to change in preferences; a member left null stays as it is, and one changed to null goes back to its default.</summary>
public sealed record PreferencesPatch
{
    public Change<ConsoleTheme?>? Theme { get; init; }

    public Change<bool?>? ShowDebugInfo { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public Change<string?>? DefaultConversationTitle { get; init; }

    public Change<bool?>? AutoSave { get; init; }

    public Change<bool?>? KeyboardShortcutsEnabled { get; init; }

    public Change<bool?>? NotificationsEnabled { get; init; }

    public Change<bool?>? MemoryForming { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        var title = DefaultConversationTitle?.Value;
        checks.Text("default_conversation_title", title, 1, Preferences.MaxTitleLength);
        checks.Require(
            title is not { Length: > 0 } || !string.IsNullOrWhiteSpace(title), "default_conversation_title",
            "default_conversation_title has a character besides blanks. Send null to call conversations by their first question.");
        checks.ThrowIfAny();
    }

    internal MemberChanges Changes() => new MemberChanges()
        .Add("theme", Theme, theme => LowerSnake.Write(theme!.Value))
        .Add("show_debug_info", ShowDebugInfo, shown => shown)
        .Add("default_conversation_title", DefaultConversationTitle, title => title)
        .Add("auto_save", AutoSave, kept => kept)
        .Add("keyboard_shortcuts_enabled", KeyboardShortcutsEnabled, enabled => enabled)
        .Add("notifications_enabled", NotificationsEnabled, enabled => enabled)
        .Add("memory_forming", MemoryForming, formed => formed);
}
