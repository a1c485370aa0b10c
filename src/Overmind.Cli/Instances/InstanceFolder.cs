using System.CommandLine;
using System.Text.Json;
using Overmind.Cli.Configuration;

namespace Overmind.Cli.Instances;

/// <summary>The data folder: lock and record of the running instance, its log, and what the first run made.</summary>
/// <param name="configuration">The file of settings; null for <c>overmind.json</c> in the folder, where it is there.</param>
sealed class InstanceFolder(string path, string? configuration = null)
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(path);
    public string LogFile => In("logs", "overmind.log");
    public string FirstRunFile => In("first-run.txt");
    public string KeyFile => In("cli-key");

    /// <summary>The file of settings, null when there is none.</summary>
    public string? ConfigurationFile { get; } = configuration is not null ? System.IO.Path.GetFullPath(configuration)
        : File.Exists(System.IO.Path.Combine(path, "overmind.json")) ? System.IO.Path.GetFullPath(System.IO.Path.Combine(path, "overmind.json"))
        : null;

    string RecordFile => In("instance.json");
    string LockFile => In("instance.lock");

    /// <summary>The one that a verb's options and the environment name.</summary>
    public static InstanceFolder Of(ParseResult parsed) =>
        new(parsed.GetValue(GlobalOptions.Data)!, parsed.GetValue(GlobalOptions.Config) ?? GlobalOptions.Variable(Settings.Config));

    /// <summary>True while an instance starts, runs or stops. The kernel drops the lock of a dead process.</summary>
    public bool IsInUse
    {
        get
        {
            if (!File.Exists(LockFile))
                return false;
            using var probe = Lock(FileMode.Open);
            return probe is null;
        }
    }

    /// <summary>Takes the folder for this process; null when another instance has it.</summary>
    public FileStream? Take()
    {
        Directory.CreateDirectory(Path, Private | UnixFileMode.UserExecute);
        Directory.CreateDirectory(In("logs"), Private | UnixFileMode.UserExecute);
        var taken = Lock(FileMode.OpenOrCreate);
        if (taken is not null)
            File.Delete(RecordFile);
        return taken;
    }

    /// <summary>The instance that runs here, null when none does.</summary>
    public InstanceRecord? Running()
    {
        if (!File.Exists(RecordFile))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize<InstanceRecord>(File.ReadAllText(RecordFile), Output.Json);
            return record is { Process.IsAlive: true } ? record : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(InstanceRecord record) => WritePrivate(RecordFile, JsonSerializer.Serialize(record, Output.Json));

    public void Clear() => File.Delete(RecordFile);

    /// <summary>Writes a file that only its owner reads, whole or not at all.</summary>
    public static void WritePrivate(string file, string text)
    {
        var unfinished = file + ".new";
        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        File.Move(unfinished, file, overwrite: true);
    }

    FileStream? Lock(FileMode mode)
    {
        try
        {
            return new FileStream(LockFile, new FileStreamOptions
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = mode == FileMode.OpenOrCreate ? Private : null,
            });
        }
        catch (IOException held) when (held is not FileNotFoundException)
        {
            return null;
        }
    }

    string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
