using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Jobs;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class JobsScheduleCreateCommand
{
    static readonly Argument<string> Kind = new("kind") { Description = "Kind of its jobs" };

    static readonly Option<string> Name = new("--name") { Description = "What it is for", DefaultValueFactory = _ => "Schedule" };

    public static Command Create()
    {
        var command = ApiVerb.Create("create", "Make a schedule", [Kind, Name, .. ScheduleOptions.All]);
        command.SetAction(async (parsed, ct) =>
        {
            var given = ScheduleOptions.Read(parsed, null);
            var schedule = new NewSchedule
            {
                Name = parsed.GetValue(Name)!,
                Kind = parsed.GetValue(Kind)!,
                CadenceConfig = given.CadenceConfig,
                Cron = given.Cron,
                LocalTime = given.LocalTime,
                TimeZone = given.TimeZone,
                Payload = given.Payload,
                MaxAttempts = given.MaxAttempts,
                MissedRuns = given.MissedRuns,
            };
            var made = await InstanceApi.Connect(parsed).Schedules.CreateAsync(schedule, cancellationToken: ct);
            Output.Write(parsed, made, $"{made.Id}\n{JobsScheduleListCommand.When(made)}, next {made.NextRunAt:yyyy-MM-dd HH:mm'Z'}");
            return 0;
        });
        return command;
    }
}
