using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Jobs;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class JobsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List jobs: your own, with an admin's key those of the organization")
        {
            JobOptions.Kind, JobOptions.Status, JobOptions.Batch, JobOptions.Text, ListOptions.Since, ListOptions.Until, ListOptions.Limit, InstanceApi.Url,
            InstanceApi.Key,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var page = ListOptions.Page(parsed);
            var jobs = (await InstanceApi.Connect(parsed).Jobs.ListAsync(page, JobOptions.Filter(parsed), ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, jobs);
            else
                AnsiConsole.Write(JobTable.Of(jobs));
            return 0;
        });
        return command;
    }
}
