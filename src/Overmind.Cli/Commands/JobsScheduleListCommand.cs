using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class JobsScheduleListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List your schedules, newest first; an admin sees the organization's");
        command.SetAction(async (parsed, ct) =>
        {
            var schedules = await AllAsync(InstanceApi.Connect(parsed), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, schedules);
            else
                AnsiConsole.Write(TableOf(schedules));
            return 0;
        });
        return command;
    }

    static async Task<IReadOnlyList<Schedule>> AllAsync(OvermindClient api, CancellationToken cancellationToken)
    {
        var schedules = new List<Schedule>();
        for (var page = new Client.PageRequest { Limit = 100 }; ; page = page with { After = schedules[^1].Id })
        {
            var found = await api.Schedules.ListAsync(page, cancellationToken);
            schedules.AddRange(found.Items);
            if (!found.HasMore) return schedules;
        }
    }

    static Table TableOf(IReadOnlyList<Schedule> schedules)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Schedule", "Name", "When", "Kind", "Next", "Last");
        foreach (var schedule in schedules)
            table.AddRow(
                schedule.Id.ToString(), Markup.Escape(schedule.Name), Markup.Escape(When(schedule)), Markup.Escape(schedule.Kind),
                schedule.IsPaused ? "paused" : Time(schedule.NextRunAt), Time(schedule.LastRunAt));
        return table;
    }

    /// <summary>As <c>weekdays at 09:00 Europe/Berlin</c>.</summary>
    public static string When(Schedule schedule) =>
        schedule.CadenceConfig is { } cadence
            ? $"{cadence.Mode}{(cadence.Mode is "weekly" or "custom" ? $" ({string.Join(',', cadence.Days ?? [])})" : "")} at {schedule.LocalTime} {schedule.TimeZone}"
            : $"{schedule.Cron} {schedule.TimeZone}";

    static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "never";
}
