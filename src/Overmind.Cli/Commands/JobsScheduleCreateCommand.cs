using System.CommandLine;
using System.Text.Json;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class JobsScheduleCreateCommand
{
    static readonly Argument<string> Kind = new("kind") { Description = "Kind of its jobs" };

    static readonly Option<string> Name = new("--name") { Description = "What it is for", DefaultValueFactory = _ => "Schedule" };

    static readonly Option<string?> Cadence = new("--cadence") { Description = "daily, weekdays, weekly or custom", HelpName = "cadence" };

    static readonly Option<string?> Days = new("--days") { Description = "Days of a weekly or custom cadence, 0 (Sunday) to 6", HelpName = "0,6" };

    static readonly Option<string?> At = new("--at") { Description = "Wall time of a cadence; default: 09:00", HelpName = "time" };

    static readonly Option<string?> Cron = new("--cron") { Description = "Five fields or a macro as @daily, instead of a cadence", HelpName = "cron" };

    static readonly Option<string?> Zone = new("--zone") { Description = "IANA time zone; default: UTC", HelpName = "zone" };

    static readonly Option<string?> Payload = new("--payload") { Description = "Payload of its jobs, a JSON object; default: {}", HelpName = "json" };

    static readonly Option<string?> Missed = new("--missed") { Description = "skip, run_once or run_all; default: run_once", HelpName = "policy" };

    public static Command Create()
    {
        var command = ApiVerb.Create("create", "Make a schedule", Kind, Name, Cadence, Days, At, Cron, Zone, Payload, Missed);
        command.SetAction(async (parsed, ct) =>
        {
            var made = await InstanceApi.Connect(parsed).Schedules.CreateAsync(Read(parsed), cancellationToken: ct);
            Output.Write(parsed, made, $"{made.Id}\n{JobsScheduleListCommand.When(made)}, next {made.NextRunAt:yyyy-MM-dd HH:mm'Z'}");
            return 0;
        });
        return command;
    }

    static NewSchedule Read(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(Name)!,
        Kind = parsed.GetValue(Kind)!,
        CadenceConfig = parsed.GetValue(Cadence) is { } mode ? new Client.Cadence(mode, ReadDays(parsed.GetValue(Days))) : null,
        Cron = parsed.GetValue(Cron),
        LocalTime = parsed.GetValue(At),
        TimeZone = parsed.GetValue(Zone),
        Payload = parsed.GetValue(Payload) is { } json ? ReadPayload(json) : null,
        MissedRuns = parsed.GetValue(Missed),
    };

    static int[]? ReadDays(string? days)
    {
        if (days is null) return null;
        var parts = days.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(part => int.TryParse(part, out _))
            ? [.. parts.Select(int.Parse)]
            : throw new CliException("usage", $"--days {days} is no list of days", "write them as 0,6: Sunday is 0") { ExitCode = 2 };
    }

    static JsonElement ReadPayload(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException malformed)
        {
            throw new CliException("usage", $"--payload is not JSON: {malformed.Message}", """write it as '{"name": "value"}'""") { ExitCode = 2 };
        }
    }
}
