using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class RunListCommand
{
    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Runs of one conversation; default: of all", HelpName = "id" };

    static readonly Option<string?> Status = new("--status")
    {
        Description = "queued, running, waiting, succeeded, failed or cancelled; default: any",
        HelpName = "status",
    };

    public static Command Create()
    {
        var command = new Command("list", "List runs, the newest first")
        {
            Conversation, Status, ListOptions.Since, ListOptions.Until, ListOptions.Limit, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var runs = await InstanceApi.Connect(parsed).Runs.ListAsync(
                ListOptions.Page(parsed), parsed.GetValue(Conversation), parsed.GetValue(Status), stop);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, runs.Items);
            else
                AnsiConsole.Write(RunTables.Of(runs.Items));
            return 0;
        });
        return command;
    }
}
