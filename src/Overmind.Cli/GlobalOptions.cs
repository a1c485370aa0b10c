using System.CommandLine;
using Overmind.Cli.Configuration;

namespace Overmind.Cli;

/// <summary>The options that every verb takes.</summary>
static class GlobalOptions
{
    /// <summary>The instance's folder: everything it keeps. Several instances have several folders.</summary>
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the instance",
        HelpName = "folder",
        Recursive = true,
        DefaultValueFactory = _ => Variable(Settings.Data) ?? DefaultDataFolder(),
    };

    /// <summary>The file of settings.</summary>
    public static readonly Option<string?> Config = new("--config")
    {
        Description = "Configuration file",
        HelpName = "file",
        Recursive = true,
    };

    public static readonly Option<OutputFormat> Format = new("--format")
    {
        Description = "text (default) or json",
        HelpName = "text|json",
        Recursive = true,
    };

    /// <summary>What the environment says; the file that has other settings is found by this.</summary>
    public static string? Variable(Setting setting) => Environment.GetEnvironmentVariable(setting.Variable) is { Length: > 0 } value ? value : null;

    static string DefaultDataFolder()
    {
        if (Environment.IsPrivilegedProcess)
            return "/var/lib/overmind";
        var share = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(share, "overmind");
    }
}
