using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class JobsStatsCommand
{
    static readonly Option<int> Minutes = new("--minutes") { Description = "Of ended jobs those of the last minutes", DefaultValueFactory = _ => 60 };

    static JobsStatsCommand() => Minutes.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var minutes) && minutes is >= 1 and <= 525_600))
            result.AddError("--minutes is a number from 1 to 525600");
    });

    public static Command Create()
    {
        var command = new Command("stats", "Count jobs by kind and state, with rates and times") { Minutes, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var since = TimeProvider.System.GetUtcNow().AddMinutes(-parsed.GetValue(Minutes));
            var stats = await InstanceApi.Connect(parsed).Jobs.StatsAsync(since, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, stats);
            else
                AnsiConsole.Write(TableOf(stats));
            return 0;
        });
        return command;
    }

    static Table TableOf(JobStats stats)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumns("Kind", "Pending", "Processing", "Blocked", "Completed", "Failed", "Cancelled", "A minute", "Wait p50/p95 ms", "Run p50/p95 ms");
        foreach (var kind in stats.Counts.GroupBy(c => c.Kind))
        {
            var times = stats.Kinds.FirstOrDefault(k => k.Kind == kind.Key);
            string Count(string status) => kind.Where(c => c.Status == status).Sum(c => c.Count).ToString();
            table.AddRow(
                Markup.Escape(kind.Key), Count("pending"), Count("processing"), Count("blocked"), Count("completed"), Count("failed"), Count("cancelled"),
                $"{times?.PerMinute ?? 0:0.#}", $"{times?.WaitP50Ms:0}/{times?.WaitP95Ms:0}", $"{times?.RunP50Ms:0}/{times?.RunP95Ms:0}");
        }

        return table;
    }
}
