using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class MemoriesListCommand
{
    static readonly Option<Guid?> Reader = new("--reader") { Description = "Only what this agent reads: its own and what is in its collections", HelpName = "id" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "list", "List memories, the newest first: one's own and what is shared, with an admin's key the organization's",
            [.. MemoryOptions.Filter, Reader, ListOptions.Limit, ListOptions.Since, ListOptions.Until]);
        command.SetAction(async (parsed, stop) =>
        {
            var memories = (await InstanceApi.Connect(parsed).Memories.ListAsync(ListOptions.Page(parsed), MemoryOptions.FilterOf(parsed) with { ReaderId = parsed.GetValue(Reader) }, stop)).Items;
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, memories);
            else if (memories.Count == 0) Console.Out.WriteLine("Nothing is remembered.");
            else AnsiConsole.Write(MemoryTable.Of(memories));
            return 0;
        });
        return command;
    }
}
