using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>The verbs that change a schedule.</summary>
static class JobsScheduleVerbs
{
    public static Command Pause() => Verb("pause", "Stop a schedule until it is resumed; jobs that it made stay", async (schedules, id, ct) =>
    {
        var paused = await schedules.PauseAsync(id, ct);
        return (paused, $"Paused {paused.Name}");
    });

    public static Command Resume() => Verb("resume", "Let a paused schedule go on from now", async (schedules, id, ct) =>
    {
        var resumed = await schedules.ResumeAsync(id, ct);
        return (resumed, $"Resumed {resumed.Name}, next {resumed.NextRunAt:yyyy-MM-dd HH:mm'Z'}");
    });

    public static Command Run() => Verb("run", "Make a job of a schedule at once; when it is due next stays", async (schedules, id, ct) =>
    {
        var job = await schedules.RunAsync(id, ct);
        return (new ScheduleRun(id, job), job.ToString());
    });

    public static Command Delete() => Verb("delete", "Delete a schedule; jobs that it made stay", async (schedules, id, ct) =>
    {
        await schedules.DeleteAsync(id, ct);
        return (new { Id = id, Deleted = true }, $"Deleted {id}");
    });

    static Command Verb(string name, string description, Func<SchedulesClient, Guid, CancellationToken, Task<(object Value, string Text)>> act)
    {
        var id = JobsScheduleCommand.Id();
        var command = ApiVerb.Create(name, description, id);
        command.SetAction(async (parsed, ct) =>
        {
            var (value, text) = await act(InstanceApi.Connect(parsed).Schedules, parsed.GetValue(id), ct);
            Output.Write(parsed, value, text);
            return 0;
        });
        return command;
    }
}
