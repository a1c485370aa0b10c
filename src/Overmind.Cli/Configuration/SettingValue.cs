namespace Overmind.Cli.Configuration;

/// <summary>What a setting is, and where that was said.</summary>
/// <param name="Text">Null: not set, and there is no default.</param>
/// <param name="Source"><c>default</c>, <c>--port</c>, <c>OVERMIND_PORT</c>, or the file with its line.</param>
sealed record SettingValue(Setting Setting, string? Text, string Source)
{
    public const string FromDefault = "default";
}
