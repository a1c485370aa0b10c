using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class DatastoresListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create(
            "list", "List collections, the newest first: one's own and what is shared, with an admin's key the organization's", ListOptions.Limit, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, stop) =>
        {
            var datastores = (await InstanceApi.Connect(parsed).Datastores.ListAsync(ListOptions.Page(parsed), stop)).Items;
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, datastores);
            else if (datastores.Count == 0) Console.Out.WriteLine("There is none.");
            else AnsiConsole.Write(TableOf(datastores));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Datastore> datastores)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Datastore", "Name", "Visibility").AddColumn("Memories", column => column.RightAligned())
            .AddColumn("Agents", column => column.RightAligned());
        foreach (var datastore in datastores)
            table.AddRow(
                datastore.Id.ToString(), Markup.Escape(TerminalText.WithoutControls(datastore.Name)), datastore.Visibility,
                datastore.MemoryCount.ToString("#,0", CultureInfo.InvariantCulture), datastore.AgentIds.Count.ToString(CultureInfo.InvariantCulture));
        return table;
    }
}
