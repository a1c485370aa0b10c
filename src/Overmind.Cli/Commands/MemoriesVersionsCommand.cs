using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class MemoriesVersionsCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("versions", "List what a memory says and said", MemoryOptions.Memory);
        command.SetAction(async (parsed, stop) =>
        {
            var (memories, id) = (InstanceApi.Connect(parsed).Memories, parsed.GetValue(MemoryOptions.Memory));
            var versions = await EveryPage.OfAsync(page => memories.VersionsAsync(id, page, stop), "asc");
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, versions);
            else AnsiConsole.Write(TableOf(versions));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<MemoryVersion> versions)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Version", "Written", "Why", "Content");
        foreach (var version in versions)
            table.AddRow(
                $"{version.VersionNumber}{(version.IsCurrent ? " (current)" : "")}", version.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'"),
                Markup.Escape(version.ChangeReason ?? "–"), Markup.Escape(MemoryTable.Beginning(version.Content)));
        return table;
    }
}
