using System.Text.Json;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs.Schedules;

/// <summary>Schedules, as the member in <c>claims</c> sees them: their own; an admin those of the whole organization.</summary>
public sealed class ScheduleService(ScheduleStore store, JobKinds kinds, TimeProvider time)
{
    /// <summary>How many of the next runs can be asked for at once.</summary>
    public const int MaxNextRuns = 100;

    /// <exception cref="OvermindException">A value is not valid, the kind is unknown, or the project is not the caller's.</exception>
    public async Task<Schedule> CreateAsync(Claims claims, NewSchedule schedule, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        schedule.Check();
        CheckJob(schedule);
        var next = schedule.IsPaused ? null : Next(schedule.Timetable);
        return await store.InsertAsync(claims, schedule, next, cancellationToken)
            ?? await store.FindAsync(claims, schedule.Id, cancellationToken)
            ?? throw NoProject(schedule.ProjectId);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.ScheduleNotFound"/>.</exception>
    public async Task<Schedule> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    public async Task<Page<Schedule>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, page, cancellationToken));
    }

    /// <summary>When a schedule is due next, paused or not, in its zone's local time with offset.</summary>
    /// <param name="count">1 to 100.</param>
    public async Task<IReadOnlyList<DateTimeOffset>> NextRunsAsync(
        Claims claims, Guid id, DateTimeOffset? after, int count, CancellationToken cancellationToken)
    {
        if (count is < 1 or > MaxNextRuns)
            throw new OvermindException(ErrorCode.InvalidParameter, $"limit is 1 to {MaxNextRuns}, not {count}.", "limit");
        return (await GetAsync(claims, id, cancellationToken)).Timetable.NextRuns(after ?? time.GetUtcNow(), count);
    }

    /// <summary>Changes a schedule. When it is due next is told anew from now where that changes; else a time that has come still happens.</summary>
    /// <param name="unchangedSince">The <see cref="Schedule.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile; a value is not valid.</exception>
    public async Task<Schedule> UpdateAsync(
        Claims claims, Guid id, SchedulePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var read = await GetAsync(claims, id, cancellationToken);
        while (true)
        {
            if (unchangedSince is { } since && read.UpdatedAt != since)
                throw Changed();
            var wanted = patch.Over(read);
            wanted.Check();
            CheckJob(wanted);
            var isMoved = wanted.IsPaused != read.IsPaused || wanted.Timetable != read.Timetable;
            var next = isMoved && !wanted.IsPaused ? Next(wanted.Timetable) : null;
            var (changed, found) = await store.UpdateAsync(claims, read, wanted, isMoved, next, cancellationToken);
            if (changed is not null) return changed;
            if (found is null) throw NotFound(id);
            // What is valid was told of the version that was read: with another one it is told anew.
            if (found.UpdatedAt == read.UpdatedAt) throw NoProject(wanted.ProjectId);
            read = found;
        }
    }

    /// <summary>Stops it until it is resumed; jobs that it made stay.</summary>
    public async Task<Schedule> PauseAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await store.PauseAsync(claims, id, paused: true, next: null, cancellationToken) ?? throw NotFound(id);
    }

    /// <summary>Lets it go on from now: what it would have done while it was paused is not missed.</summary>
    public async Task<Schedule> ResumeAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var schedule = await GetAsync(claims, id, cancellationToken);
        if (!schedule.IsPaused) return schedule;
        return await store.PauseAsync(claims, id, paused: false, Next(schedule.Timetable), cancellationToken) ?? throw NotFound(id);
    }

    /// <summary>Makes a job of it at once, also while it is paused. When it is due next stays.</summary>
    /// <returns>The job's id.</returns>
    public async Task<Guid> RunAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await store.RunAsync(claims, id, cancellationToken) ?? throw NotFound(id);
    }

    /// <summary>Deletes it; jobs that it made stay.</summary>
    /// <param name="unchangedSince">Only as it was then; null: as it is.</param>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await store.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw unchangedSince is not null && await store.FindAsync(claims, id, cancellationToken) is not null ? Changed() : NotFound(id);
    }

    static OvermindException Changed() => new(ErrorCode.PreconditionFailed, "The schedule has changed since the version in If-Match. Read it again.");

    DateTimeOffset? Next(Timetable timetable) => timetable.NextRuns(time.GetUtcNow(), 1) is [var next] ? next : null;

    void CheckJob(NewSchedule schedule)
    {
        if (kinds.Get(schedule.Kind) is not { Options.IsPublic: true } kind)
            throw new OvermindException(ErrorCode.InvalidValue, $"Jobs of the kind '{schedule.Kind}' are made by the product, not by members.", "kind");
        if (JobJson.Fault(kind.Payload, JsonElement.Parse(schedule.Payload)) is var (param, detail))
            throw new OvermindException(ErrorCode.InvalidValue, detail, param);
    }

    static OvermindException NoProject(Guid? id) => new(ErrorCode.InvalidValue, $"You have no project {id}.", "project_id");

    static OvermindException NotFound(Guid id) => new(ErrorCode.ScheduleNotFound, $"There is no schedule {id}.");
}
