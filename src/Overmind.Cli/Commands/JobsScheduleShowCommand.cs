using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class JobsScheduleShowCommand
{
    static readonly Argument<Guid> Id = JobsScheduleCommand.Id();

    static readonly Option<int> Next = new("--next") { Description = "How many of its next runs", DefaultValueFactory = _ => 10, HelpName = "count" };

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show a schedule with its next runs in local time", Id, Next);
        command.SetAction(async (parsed, ct) =>
        {
            var api = InstanceApi.Connect(parsed);
            var id = parsed.GetValue(Id);
            var schedule = await api.Schedules.GetAsync(id, ct);
            var runs = await api.Schedules.NextRunsAsync(id, parsed.GetValue(Next), cancellationToken: ct);
            Output.Write(parsed, new { Schedule = schedule, NextRuns = runs }, string.Join('\n',
            [
                $"{schedule.Name}: {schedule.Kind} {schedule.Payload}",
                $"{JobsScheduleListCommand.When(schedule)}{(schedule.IsPaused ? ", paused" : "")}; missed runs: {schedule.MissedRuns}",
                .. runs.Select(run => $"  {run:ddd yyyy-MM-dd HH:mm:ss zzz}"),
            ]));
            return 0;
        });
        return command;
    }
}
