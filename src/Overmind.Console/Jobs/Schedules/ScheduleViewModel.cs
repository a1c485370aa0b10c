using Overmind.Jobs.Schedules;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>One schedule, with when it is due next.</summary>
public sealed class ScheduleViewModel(ScheduleService schedules, Claims claims, TimeProvider time)
{
    const int Runs = 10;

    public LoadState State { get; private set; } = LoadState.Loading;

    public Schedule? Schedule { get; private set; }

    /// <summary>Also while it is paused: when it would be due.</summary>
    public IReadOnlyList<NextRun> Next { get; private set; } = [];

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The job that the last <see cref="RunAsync"/> made.</summary>
    public Guid? Made { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    public async Task LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            Show(await schedules.GetAsync(claims, id, cancellationToken));
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) => DoAsync(async id => Made = await schedules.RunAsync(claims, id, cancellationToken));

    /// <summary>Pauses it, or resumes it where it is paused.</summary>
    public Task TurnAsync(CancellationToken cancellationToken) => DoAsync(async id =>
        Show(await (Schedule!.IsPaused ? schedules.ResumeAsync(claims, id, cancellationToken) : schedules.PauseAsync(claims, id, cancellationToken))));

    public Task DeleteAsync(CancellationToken cancellationToken) => schedules.DeleteAsync(claims, Schedule!.Id, null, cancellationToken);

    void Show(Schedule schedule) => (Schedule, Next) = (schedule, NextRun.Of(schedule.Timetable, time.GetUtcNow(), Runs));

    async Task DoAsync(Func<Guid, Task> act)
    {
        try
        {
            (Refusal, Made) = (null, null);
            await act(Schedule!.Id);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
    }
}
