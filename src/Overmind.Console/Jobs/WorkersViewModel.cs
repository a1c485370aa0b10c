using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs;

/// <summary>The workers that are alive, the longest first, with what they do.</summary>
public sealed class WorkersViewModel(JobService jobs, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<WorkerRow> Workers { get; private set; } = [];

    /// <summary>True while they cannot be read again.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Jobs at a time, of all together.</summary>
    public int Slots => Workers.Sum(w => w.Worker.Concurrency);

    public int Running => Workers.Sum(w => w.Worker.Running);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var workers = await jobs.WorkersAsync(claims, cancellationToken);
            var running = await jobs.ListAsync(
                claims, new JobFilter { Status = JobStatus.Processing }, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken);
            var held = running.Items.ToLookup(j => j.Worker);
            Workers = [.. workers.Select(w => new WorkerRow(w, [.. held[w.Name].OrderBy(j => j.Id)]))];
            (State, IsStale) = (LoadState.Ready, false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (State is LoadState.Ready) IsStale = true;
            else State = Loading.StateOf(failure);
        }
    }
}
