using System.Globalization;
using Overmind.Jobs.Schedules;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>What one writes of a schedule, as it stands in the form.</summary>
public sealed class ScheduleForm
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    /// <summary>True: cron says when; false: the cadence.</summary>
    public bool IsCron { get; set; }

    public CadenceMode Mode { get; private set; } = CadenceMode.Weekdays;

    /// <summary>0 to 6, Sunday is 0; for one day a week and for chosen days.</summary>
    public SortedSet<int> Days { get; private set; } = [1];

    /// <summary>With its seconds only where there are some: the browser's field always has them.</summary>
    public string LocalTime
    {
        get;
        set => field = value is [_, _, ':', _, _, ':', '0', '0'] ? value[..5] : value;
    } = "09:00";

    public string Cron { get; set; } = "30 8 * * MON-FRI";

    /// <summary>Empty until the browser has told its own.</summary>
    public string TimeZone { get; set; } = "";

    public string Payload { get; set; } = "{}";

    public MissedRuns MissedRuns { get; set; } = MissedRuns.RunOnce;

    public int MaxAttempts { get; set; } = 3;

    public Timetable Timetable => new()
    {
        Cadence = IsCron ? null : new Cadence(Mode, Mode is CadenceMode.Weekly or CadenceMode.Custom ? [.. Days] : []),
        Cron = IsCron ? Cron.Trim() : null,
        LocalTime = IsCron ? "09:00" : LocalTime,
        TimeZone = TimeZone.Trim() is { Length: > 0 } zone ? zone : "UTC",
    };

    public static ScheduleForm Of(Schedule schedule)
    {
        var form = new ScheduleForm
        {
            Name = schedule.Name,
            Kind = schedule.Kind,
            IsCron = schedule.Cron is not null,
            TimeZone = schedule.TimeZone,
            Payload = Text.Json.Indented(schedule.Payload.ToString()),
            MissedRuns = schedule.MissedRuns,
            MaxAttempts = schedule.MaxAttempts,
        };
        if (schedule.Cron is { } cron) form.Cron = cron;
        if (schedule.CadenceConfig is { } cadence) (form.Mode, form.Days, form.LocalTime) = (cadence.Mode, [.. cadence.FiringDays], schedule.LocalTime!);
        return form;
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

    public NewSchedule ToNew() => new()
    {
        Name = Name.Trim(),
        Timetable = Timetable,
        Kind = Kind,
        Payload = Payload,
        MissedRuns = MissedRuns,
        MaxAttempts = MaxAttempts,
    };

    public SchedulePatch ToPatch() => new()
    {
        Name = Name.Trim(),
        Cadence = new(Timetable.Cadence),
        Cron = new(Timetable.Cron),
        LocalTime = IsCron ? null : LocalTime,
        TimeZone = Timetable.TimeZone,
        Kind = Kind,
        Payload = Payload,
        MissedRuns = MissedRuns,
        MaxAttempts = MaxAttempts,
    };

    /// <summary>Where this form says something else than theirs.</summary>
    public IReadOnlyList<EditDifference> Against(ScheduleForm theirs) => EditDifference.Of(
        theirs.Values().Zip(Values(), (their, mine) => (their.Name, their.Value, mine.Value)));

    (string Name, string? Value)[] Values() =>
    [
        ("Name", Name.Trim()), ("When", IsCron ? Cron.Trim() : ScheduleWords.When(Timetable)), ("Time zone", TimeZone.Trim()), ("Kind of its jobs", Kind),
        ("Payload", Payload.Trim()), ("Missed runs", ScheduleWords.Missed(MissedRuns)), ("Attempts a job", MaxAttempts.ToString(CultureInfo.InvariantCulture)),
    ];
}
