using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>Jobs to enqueue, look at, cancel and retry. A member has their own, an admin all of the organization.</summary>
public sealed class JobService(JobQueueStore store, JobKinds kinds, TimeProvider time)
{
    static readonly TimeSpan StatsSpan = TimeSpan.FromHours(1);

    /// <summary>Enqueues a job; its id, or null when one with its unique key is there already.</summary>
    /// <param name="claims">In whose name it works; <see cref="Claims.Service"/> for a job of the installation.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.JobKindUnknown"/>, or a value does not fit.</exception>
    public async Task<Guid?> EnqueueAsync(Claims claims, NewJob job, CancellationToken cancellationToken) =>
        await store.InsertAsync(claims, Statement(claims, [job]), cancellationToken) is [var id] ? id : null;

    /// <summary>Enqueues several jobs of one kind as one statement; the ids that are new.</summary>
    public Task<IReadOnlyList<Guid>> EnqueueAsync(Claims claims, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) =>
        store.InsertAsync(claims, Statement(claims, jobs), cancellationToken);

    /// <summary>Jobs of one kind for the caller's own transaction: they are enqueued when it commits. Returns the ids that are new.</summary>
    public Statement Statement(Claims claims, params IReadOnlyList<NewJob> jobs)
    {
        var kind = kinds.Get(jobs.Count > 0 ? jobs[0].Kind : throw new ArgumentException("There is no job to enqueue.", nameof(jobs)));
        if (jobs.Any(j => j.Kind != kind.Name)) throw new ArgumentException("Jobs that are enqueued together are of one kind.", nameof(jobs));
        foreach (var job in jobs) JobChecks.Check(job, kind);
        return claims.OrganizationId is null ? JobStore.InsertForInstallation(jobs, kind.Options) : JobStore.Insert(jobs, kind.Options);
    }

    /// <summary>Enqueues a job that a member asks for from outside; the kind must allow that. An id that is there already returns the job that has it.</summary>
    public async Task<JobItem> EnqueueFromOutsideAsync(Claims claims, NewJob job, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!kinds.Get(job.Kind).Options.IsPublic)
            throw new OvermindException(ErrorCode.JobKindUnknown, $"Jobs of kind '{job.Kind}' cannot be enqueued from outside.", "kind");
        try
        {
            if (await EnqueueAsync(claims, job, cancellationToken) is { } id) return await GetAsync(claims, id, cancellationToken);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "jobs_pkey" })
        {
            // The request is a repeated one, whose first answer was lost.
        }

        return await store.FindAsync(claims, job.Id, cancellationToken) ?? throw new OvermindException(
            ErrorCode.JobNotUnique, $"There is a job of kind '{job.Kind}' with the unique key '{job.UniqueKey}' already.", "unique_key");
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.JobNotFound"/>.</exception>
    public async Task<JobItem> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw new OvermindException(ErrorCode.JobNotFound, $"There is no job {id}.");

    public async Task<Page<JobItem>> ListAsync(Claims claims, JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, filter, page, cancellationToken));
    }

    /// <summary>Ends a job that waits, and asks the worker of one that runs to stop it. One that has ended stays as it is.</summary>
    public async Task<JobItem> CancelAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        EnsureItsOwn(await GetAsync(claims, id, cancellationToken));
        await store.CancelAsync(claims, id, cancellationToken);
        return await GetAsync(claims, id, cancellationToken);
    }

    /// <summary>Makes a job that failed, was cancelled, is blocked or waits for its next attempt due at once, with all its attempts.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.JobNotRetryable"/>: it runs, is done, or another has its unique key.</exception>
    public async Task<JobItem> RetryAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var job = await GetAsync(claims, id, cancellationToken);
        EnsureItsOwn(job);
        if (!await store.RetryAsync(claims, id, cancellationToken))
            throw new OvermindException(
                ErrorCode.JobNotRetryable,
                $"The job is {LowerSnake.Write(job.Status)}{(job.UniqueKey is null ? "" : ", or another job has its unique key")}: only one that failed, was cancelled, is blocked or waits for its time can be retried.");
        return await GetAsync(claims, id, cancellationToken);
    }

    /// <summary>Those of the jobs that the caller sees, the newest first.</summary>
    public Task<IReadOnlyList<JobItem>> ListAsync(Claims claims, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        store.ListAsync(claims, ids, cancellationToken);

    /// <summary>How many jobs <see cref="CancelAllAsync"/> and <see cref="RetryAllAsync"/> would concern.</summary>
    public Task<BulkSize> CountAsync(Claims claims, JobFilter filter, CancellationToken cancellationToken) =>
        store.CountAsync(claims, filter, Carried(), cancellationToken);

    /// <summary>Cancels up to 10,000 jobs that the filter takes.</summary>
    public async Task<BulkChange> CancelAllAsync(Claims claims, JobFilter filter, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return new BulkChange(await store.CancelAllAsync(claims, filter, Carried(), cancellationToken));
    }

    /// <summary>Retries up to 10,000 jobs that the filter takes.</summary>
    public async Task<BulkChange> RetryAllAsync(Claims claims, JobFilter filter, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return new BulkChange(await store.RetryAllAsync(claims, filter, Carried(), cancellationToken));
    }

    /// <summary>Counts by kind and state, rates, times and failures.</summary>
    /// <param name="since">Default: an hour ago.</param>
    public Task<JobStats> StatsAsync(Claims claims, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (since >= now)
            throw new OvermindException(ErrorCode.InvalidParameter, "since is a time in the past.", "since");
        return store.StatsAsync(claims, since ?? now - StatsSpan, now, cancellationToken);
    }

    /// <summary>The workers of the installation, which its organizations' admins may see.</summary>
    public Task<IReadOnlyList<WorkerItem>> WorkersAsync(Claims claims, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentManage);
        return store.WorkersAsync(cancellationToken);
    }

    void EnsureItsOwn(JobItem job)
    {
        if (kinds.Find(job.Kind)?.Options.CarriedBy is { } instead)
            throw new OvermindException(ErrorCode.JobCarried, instead);
    }

    string[] Carried() => [.. kinds.All.Where(k => k.Options.CarriedBy is not null).Select(k => k.Name)];
}
