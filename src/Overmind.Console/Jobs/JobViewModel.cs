using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs;

/// <summary>One job, with what may be done about it.</summary>
public sealed class JobViewModel(JobService jobs, JobKinds kinds, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public JobItem? Job { get; private set; }

    /// <summary>True while the job cannot be read again.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What to do instead, for a job that only carries another resource.</summary>
    public string? CarriedBy => Job is null ? null : kinds.Find(Job.Kind)?.Options.CarriedBy;

    public bool MayRetry => MayChange && Job is { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Blocked } or { Status: JobStatus.Pending, AttemptCount: > 0 };

    public bool MayCancel => MayChange && Job is { Status: JobStatus.Pending or JobStatus.Processing or JobStatus.Blocked };

    /// <summary>The worker was asked to stop it and has not yet.</summary>
    public bool IsStopping => Job is { Status: JobStatus.Processing, CancelRequestedAt: not null };

    bool MayChange => claims.May(Permission.ContentWrite) && CarriedBy is null;

    public async Task LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            Job = await jobs.GetAsync(claims, id, cancellationToken);
            (State, IsStale) = (LoadState.Ready, false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Reads it again; one that was deleted meanwhile stays as it was last seen.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (Job is not { } job) return;
        try
        {
            var now = await jobs.GetAsync(claims, job.Id, cancellationToken);
            if (Job?.Id == now.Id) (Job, IsStale) = (now, false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            IsStale = true;
        }
    }

    public Task RetryAsync(CancellationToken cancellationToken) => ChangeAsync(jobs.RetryAsync, "The job could not be retried. Try again.", cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => ChangeAsync(jobs.CancelAsync, "The job could not be cancelled. Try again.", cancellationToken);

    async Task ChangeAsync(Func<Claims, Guid, CancellationToken, Task<JobItem>> change, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            (Job, Refusal) = (await change(claims, Job!.Id, cancellationToken), null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, otherwise);
        }
    }
}
