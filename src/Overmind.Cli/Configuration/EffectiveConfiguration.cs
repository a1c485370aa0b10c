using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Postgres;

namespace Overmind.Cli.Configuration;

/// <summary>What holds: flags before environment before file before defaults; and everything that is wrong with it.</summary>
sealed class EffectiveConfiguration
{
    readonly Dictionary<Setting, SettingValue> _values = Settings.All.ToDictionary(setting => setting, setting => new SettingValue(setting, setting.Default, SettingValue.FromDefault));
    readonly List<string> _problems = [];

    EffectiveConfiguration()
    {
    }

    /// <summary>Each setting, in the order of the catalogue.</summary>
    public IEnumerable<SettingValue> Values => Settings.All.Select(setting => _values[setting]);

    /// <summary>One line each: which setting, where, and what is right.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Of a verb's flags, the environment, and the file that they name.</summary>
    public static EffectiveConfiguration Read(ParseResult? parsed, InstanceFolder folder)
    {
        var read = new EffectiveConfiguration();
        if (folder.ConfigurationFile is { } file)
            read.AddFile(file);
        read.AddEnvironment();
        foreach (var (name, text, source) in parsed is null ? [] : ConfigurationSources.Flags(parsed))
            read.Set(Settings.All.First(setting => setting.Name == name), text!, source);
        // Which folder and which file is known before anything is read.
        read._values[Settings.Data] = new(Settings.Data, folder.Path, read._values[Settings.Data].Source);
        return read;
    }

    /// <exception cref="CliException"><c>bad_configuration</c>: there is a problem.</exception>
    public EffectiveConfiguration Checked() => _problems is [var first, .. var others]
        ? throw new CliException(
            "bad_configuration", first, others.Count == 0 ? "correct it there; docs/configuration.md lists the settings" : $"correct it there; `overmind config check` names {others.Count} more")
        : this;

    /// <summary>Null where nothing is set.</summary>
    public string? Text(Setting setting) => _values[setting].Text;

    public int Integer(Setting setting) => int.Parse(_values[setting].Text!, CultureInfo.InvariantCulture);

    public double? Number(Setting setting) => _values[setting].Text is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>As Npgsql connection string.</summary>
    public string? Database(Setting setting) => _values[setting].Text is { } text ? DatabaseUrl.ToConnectionString(text) : null;

    void AddFile(string file)
    {
        var names = Settings.All.Where(setting => setting.InFile).ToDictionary(setting => setting.Name);
        var seen = new HashSet<string>();
        foreach (var (name, text, source) in ConfigurationFile.Read(file, _problems))
        {
            if (!names.TryGetValue(name, out var setting))
                _problems.Add($"there is no setting {name}, in {source}{Suggestion(name, names.Keys)}");
            else if (!seen.Add(name))
                _problems.Add($"{name} in {source} is set twice");
            else if (text is not null)
                Set(setting, text, source);
        }
    }

    void AddEnvironment()
    {
        var names = Settings.All.ToDictionary(setting => setting.Variable);
        foreach (var (name, text, source) in ConfigurationSources.Environment().OrderBy(variable => variable.Name))
        {
            if (names.TryGetValue(name, out var setting))
                Set(setting, text!, source);
            else
                _problems.Add($"there is no setting for the environment variable {name}{Suggestion(name, names.Keys)}");
        }
    }

    void Set(Setting setting, string text, string source)
    {
        if (setting.Type.Accepts(text))
            _values[setting] = new(setting, text, source);
        else
            _problems.Add($"{setting.Name} in {source} is {(setting.IsSecret || setting.Type.HoldsPassword ? "" : $"\"{text}\", ")}not {setting.Type.Words}");
    }

    static string Suggestion(string wrong, IEnumerable<string> names) => Settings.Nearest(wrong, names) is { } near ? $"; did you mean {near}?" : "";
}
