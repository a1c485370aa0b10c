using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Jobs;

namespace Overmind.Cli.Commands;

static class JobsScheduleEditCommand
{
    static readonly Argument<Guid> Id = JobsScheduleCommand.Id();

    static readonly Option<string?> Name = new("--name") { Description = "What it is for", HelpName = "name" };

    static readonly Option<string?> Kind = new("--kind") { Description = "Kind of its jobs", HelpName = "kind" };

    public static Command Create()
    {
        var command = ApiVerb.Create("edit", "Change what the options name of a schedule", [Id, Name, Kind, .. ScheduleOptions.All]);
        command.SetAction(async (parsed, ct) =>
        {
            var schedules = InstanceApi.Connect(parsed).Schedules;
            var schedule = await schedules.GetAsync(parsed.GetValue(Id), ct);
            var changes = ScheduleOptions.Read(parsed, schedule.CadenceConfig?.Mode) with
            {
                Name = parsed.GetValue(Name),
                Kind = parsed.GetValue(Kind),
                UnchangedSince = schedule.UpdatedAt,
            };
            var changed = await schedules.UpdateAsync(schedule.Id, changes, ct);
            Output.Write(
                parsed, changed,
                $"Changed {changed.Name}: {JobsScheduleListCommand.When(changed)}, {(changed.IsPaused ? "paused" : $"next {changed.NextRunAt:yyyy-MM-dd HH:mm'Z'}")}");
            return 0;
        });
        return command;
    }
}
