using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class MemoriesExportCommand
{
    static readonly Option<string?> To = new("--to") { Description = "File to write; default: standard output", HelpName = "file" };

    public static Command Create()
    {
        var command = ApiVerb.Create("export", "Write all memories that the key's member sees, as lines of JSON from which nothing is missing", To);
        command.SetAction(async (parsed, stop) =>
        {
            await using var export = await InstanceApi.Connect(parsed).Memories.ExportAsync(stop);
            await using var to = parsed.GetValue(To) is { } file ? OutputFile.Create(file) : Console.OpenStandardOutput();
            await export.CopyToAsync(to, stop);
            return 0;
        });
        return command;
    }
}
