using System.Text.Json;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>A schedule that is being written, new or changed: the form, what it would mean, and what is wrong with it.</summary>
public sealed class ScheduleFormViewModel(ScheduleService schedules, JobKinds kinds, Claims claims, TimeProvider time)
{
    const int PreviewedRuns = 10;

    Dictionary<string, string> errors = [];
    ScheduleForm begun = new();

    public LoadState State { get; private set; } = LoadState.Loading;

    public ScheduleForm Form { get; private set; } = new();

    /// <summary>The schedule that is changed, as last read; null: a new one is made.</summary>
    public Schedule? Schedule { get; private set; }

    /// <summary>What somebody else made of it since it was read; null: nothing.</summary>
    public Schedule? Theirs { get; private set; }

    /// <summary>What goes wrong whatever is typed.</summary>
    public string? Error { get; private set; }

    /// <summary>The kinds that can be scheduled, and the one that is, if it no longer can.</summary>
    public IReadOnlyList<string> Kinds => [.. Public.Append(Form.Kind).Distinct().Order(StringComparer.Ordinal)];

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Whether the form says something else than where it began.</summary>
    public bool IsChanged => State is LoadState.Ready && Form.Against(begun).Count > 0;

    IEnumerable<string> Public => kinds.All.Where(k => k.Options.IsPublic).Select(k => k.Name);

    /// <summary>Begins with what a schedule says.</summary>
    /// <param name="id">The one to change; null: a new one.</param>
    /// <param name="from">Another to begin a new one with; null: none.</param>
    public async Task LoadAsync(Guid? id, Guid? from, CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            State = LoadState.Denied;
            return;
        }

        try
        {
            var known = (id ?? from) is { } read ? await schedules.GetAsync(claims, read, cancellationToken) : null;
            Begin(id is null ? null : known, () => known is null ? new ScheduleForm { Kind = Public.Order(StringComparer.Ordinal).FirstOrDefault("") } : ScheduleForm.Of(known));
            if (id is null && known is not null) Form.Name = begun.Name = $"{known.Name} (copy)";
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>A new one begins in the browser's own zone, which is no change.</summary>
    public void TakeZone(string zone)
    {
        if (Schedule is null && begun.TimeZone.Length == 0) begun.TimeZone = zone;
        Form.TimeZone = zone;
    }

    /// <summary>What is typed, in words and times; or what is wrong with it.</summary>
    public SchedulePreview Preview()
    {
        try
        {
            var timetable = Form.Timetable;
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

    /// <summary>The schedule as it was stored; null when something is wrong, or somebody else has stored another.</summary>
    public async Task<Schedule?> SaveAsync(CancellationToken cancellationToken)
    {
        (errors, Error) = ([], null);
        try
        {
            if (JsonElement.Parse(Form.Payload).ValueKind is not JsonValueKind.Object) throw new JsonException();
            var stored = Schedule is { } read
                ? await schedules.UpdateAsync(claims, read.Id, Form.ToPatch(), (Theirs ?? read).UpdatedAt, cancellationToken)
                : await schedules.CreateAsync(claims, Form.ToNew(), cancellationToken);
            Begin(stored, () => ScheduleForm.Of(stored));
            return stored;
        }
        catch (JsonException)
        {
            errors["payload"] = """payload is a JSON object, as {"message": "Good morning"}.""";
        }
        catch (OvermindException meanwhile) when (meanwhile.Code is ErrorCode.PreconditionFailed)
        {
            await ReadTheirsAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refuse(failure);
        }

        return null;
    }

    /// <summary>Gives up what was typed for what somebody else stored.</summary>
    public void UseTheirs()
    {
        var theirs = Theirs!;
        Begin(theirs, () => ScheduleForm.Of(theirs));
    }

    void Begin(Schedule? schedule, Func<ScheduleForm> form) => (Schedule, Theirs, Form, begun) = (schedule, null, form(), form());

    void Refuse(Exception failure)
    {
        if (failure is OvermindException refused) errors = refused.Errors?.ToDictionary() ?? (refused.Param is { } param ? new() { [param] = refused.Message } : []);
        if (errors.Count == 0) Error = Loading.Sentence(failure, "The schedule could not be stored. Try again.");
    }

    async Task ReadTheirsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Theirs = await schedules.GetAsync(claims, Schedule!.Id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refuse(failure);
        }
    }
}
