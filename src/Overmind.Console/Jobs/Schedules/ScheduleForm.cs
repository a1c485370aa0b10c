using System.Text.Json;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>A schedule that is being written: what is typed, what it would mean, and what is wrong with it.</summary>
public sealed class ScheduleForm(ScheduleService schedules, JobKinds kinds, Claims claims, TimeProvider time)
{
    const int PreviewedRuns = 5;

    Dictionary<string, string> errors = [];

    public string Name { get; set; } = "";

    public string Kind { get; set; } = kinds.All.Where(k => k.Options.IsPublic).Select(k => k.Name).Order(StringComparer.Ordinal).FirstOrDefault("");

    /// <summary>True: cron says when; false: the cadence.</summary>
    public bool IsCron { get; set; }

    public CadenceMode Mode { get; set; } = CadenceMode.Weekdays;

    /// <summary>0 to 6, Sunday is 0; for one day a week and for chosen days.</summary>
    public SortedSet<int> Days { get; private set; } = [1];

    public string LocalTime { get; set; } = "09:00";

    public string Cron { get; set; } = "30 8 * * MON-FRI";

    public string TimeZone { get; set; } = "";

    public string Payload { get; set; } = "{}";

    public MissedRuns MissedRuns { get; set; } = MissedRuns.RunOnce;

    public int MaxAttempts { get; set; } = 3;

    /// <summary>What goes wrong whatever is typed.</summary>
    public string? Error { get; private set; }

    /// <summary>The kinds that can be scheduled.</summary>
    public IReadOnlyList<string> Kinds => [.. kinds.All.Where(k => k.Options.IsPublic).Select(k => k.Name).Order(StringComparer.Ordinal)];

    public bool MayWrite => claims.Role is OrganizationRole.Admin or OrganizationRole.User;

    public Timetable Timetable => new()
    {
        Cadence = IsCron ? null : new Cadence(Mode, Mode is CadenceMode.Weekly or CadenceMode.Custom ? [.. Days] : []),
        Cron = IsCron ? Cron.Trim() : null,
        LocalTime = IsCron ? "09:00" : LocalTime,
        TimeZone = TimeZone.Trim() is { Length: > 0 } zone ? zone : "UTC",
    };

    /// <summary>Takes over what another schedule says.</summary>
    public async Task CopyAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var other = await schedules.GetAsync(claims, id, cancellationToken);
            (Name, Kind, IsCron, TimeZone) = ($"{other.Name} (copy)", other.Kind, other.Cron is not null, other.TimeZone);
            (Payload, MissedRuns, MaxAttempts) = (other.Payload.ToString(), other.MissedRuns, other.MaxAttempts);
            if (other.Cron is { } cron) Cron = cron;
            if (other.CadenceConfig is { } cadence) (Mode, Days, LocalTime) = (cadence.Mode, [.. cadence.FiringDays], other.LocalTime!);
        }
        catch (OvermindException)
        {
            Error = "The schedule to copy is gone.";
        }
    }

    /// <summary>A weekly schedule has one day; for chosen days, a day is taken or left.</summary>
    public void Choose(int day)
    {
        if (Mode is CadenceMode.Weekly) Days = [day];
        else if (!Days.Remove(day)) Days.Add(day);
    }

    public void Choose(CadenceMode mode)
    {
        Mode = mode;
        if (mode is CadenceMode.Weekly && Days.Count != 1) Days = [Days.FirstOrDefault(1)];
    }

    /// <summary>What is typed, in words and times; or what is wrong with it.</summary>
    public SchedulePreview Preview()
    {
        try
        {
            var timetable = Timetable;
            return new(NextRun.Of(timetable, time.GetUtcNow(), PreviewedRuns), ScheduleWords.When(timetable), null);
        }
        catch (OvermindException invalid)
        {
            return new([], null, invalid.Message);
        }
    }

    /// <summary>What is wrong with a member, by its name in the API; null: nothing that is known.</summary>
    public string? ErrorOf(string param) =>
        errors.FirstOrDefault(e => e.Key == param || e.Key.StartsWith(param + ".", StringComparison.Ordinal)).Value;

    /// <summary>The schedule that was made; null when something is wrong.</summary>
    public async Task<Schedule?> SaveAsync(CancellationToken cancellationToken)
    {
        (errors, Error) = ([], null);
        try
        {
            if (JsonElement.Parse(Payload).ValueKind is not JsonValueKind.Object) throw new JsonException();
            return await schedules.CreateAsync(
                claims,
                new NewSchedule
                {
                    Name = Name.Trim(),
                    Timetable = Timetable,
                    Kind = Kind,
                    Payload = Payload,
                    MissedRuns = MissedRuns,
                    MaxAttempts = MaxAttempts,
                },
                cancellationToken);
        }
        catch (JsonException)
        {
            errors["payload"] = """payload is a JSON object, as {"message": "Good morning"}.""";
        }
        catch (OvermindException refused)
        {
            errors = refused.Errors?.ToDictionary() ?? (refused.Param is { } param ? new() { [param] = refused.Message } : []);
            if (errors.Count == 0) Error = refused.Message;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Error = Loading.Sentence(failure, "The schedule could not be stored. Try again.");
        }

        return null;
    }
}
