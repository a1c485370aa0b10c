using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class MemoriesStatsCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("stats", "Count memories by type and owner");
        command.SetAction(async (parsed, stop) =>
        {
            var stats = await InstanceApi.Connect(parsed).Memories.StatsAsync(stop);
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, stats);
            else if (stats.Count == 0) Console.Out.WriteLine("Nothing is remembered.");
            else AnsiConsole.Write(TableOf(stats));
            return 0;
        });
        return command;
    }

    static Table TableOf(MemoryStats stats)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Type", "Owner");
        foreach (var name in (string[])["Memories", "Current", "Pinned", "With vector"])
            table.AddColumn(name, column => column.RightAligned());
        foreach (var group in stats.Groups)
            table.AddRow(group.MemoryType, group.OwnerType, Number(group.Count), Number(group.Current), Number(group.Pinned), Number(group.Embedded));
        return table;
    }

    static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
