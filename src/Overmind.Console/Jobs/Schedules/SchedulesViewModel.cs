using Overmind.Jobs.Schedules;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>A page of the schedules, newest first.</summary>
public sealed class SchedulesViewModel(ScheduleService schedules, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Schedule> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The job that the last <see cref="RunAsync"/> made.</summary>
    public Guid? Made { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Reads the page after a schedule; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            var page = await schedules.ListAsync(claims, new PageRequest { After = last, Limit = PageSize }, cancellationToken);
            (Items, Older, State) = (page.Items, page.HasMore ? page.Items[^1].Id : null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public Task RunAsync(Guid id, CancellationToken cancellationToken) => DoAsync(async () => Made = await schedules.RunAsync(claims, id, cancellationToken));

    /// <summary>Pauses it, or resumes it where it is paused.</summary>
    public Task TurnAsync(Schedule schedule, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var changed = await (schedule.IsPaused ? schedules.ResumeAsync(claims, schedule.Id, cancellationToken) : schedules.PauseAsync(claims, schedule.Id, cancellationToken));
        Items = [.. Items.Select(s => s.Id == changed.Id ? changed : s)];
    });

    async Task DoAsync(Func<Task> act)
    {
        try
        {
            (Refusal, Made) = (null, null);
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
    }
}
