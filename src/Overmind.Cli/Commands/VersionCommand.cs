using System.CommandLine;

namespace Overmind.Cli.Commands;

static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Say which version this is");
        command.SetAction(parsed => Output.Write(parsed, new { Version = ProductVersion.Current, Runtime = Environment.Version.ToString() }, $"overmind {ProductVersion.Current}"));
        return command;
    }
}
