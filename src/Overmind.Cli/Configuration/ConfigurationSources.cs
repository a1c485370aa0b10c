using System.Collections;
using System.CommandLine;

namespace Overmind.Cli.Configuration;

/// <summary>Where settings come from, each in its own words: name, value, and where it was said.</summary>
static class ConfigurationSources
{
    /// <summary>The variables that begin with <c>OVERMIND_</c>; an empty one counts as not set.</summary>
    public static IEnumerable<(string Name, string? Text, string Source)> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Text: (string?)variable.Value))
            .Where(variable => variable.Name.StartsWith(Settings.Prefix, StringComparison.Ordinal) && !string.IsNullOrEmpty(variable.Text))
            .Select(variable => (variable.Name, variable.Text, variable.Name));

    /// <summary>The flags that were written, and no defaults.</summary>
    public static IEnumerable<(string Name, string? Text, string Source)> Flags(ParseResult parsed) =>
        Settings.All.Where(setting => setting.Flag is not null)
            .Select(setting => (setting, Given(parsed, setting.Flag!)))
            .Where(found => found.Item2 is not null)
            .Select(found => (found.setting.Name, found.Item2, found.setting.Flag!));

    static string? Given(ParseResult parsed, string flag) =>
        parsed.GetResult(flag) is System.CommandLine.Parsing.OptionResult { Implicit: false, Tokens: [{ } token] } ? token.Value : null;
}
