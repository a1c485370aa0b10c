using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>The queue's SQL. Claiming goes across tenants, so all but <see cref="Insert"/> are definer functions for the service alone.</summary>
public sealed class JobStore(Database database)
{
    /// <summary>Writes a job in the batch of its cause: both happen or none does.</summary>
    public static Statement Insert(NewJob job) => new(
        """
        insert into jobs (kind, payload, unique_key, max_attempts)
        values ($1, $2::jsonb, $3, $4)
        """,
        job.Kind, job.Payload.ToJsonString(), job.UniqueKey, job.MaxAttempts);

    /// <summary>The end of a job, for the batch of its effect. Fenced: it fails with <c>OV001</c> when the lease is another's.</summary>
    public static Statement Complete(Job job) => new(
        "select overmind.finish_job($1, $2, 'completed')", job.Id, job.LeaseToken);

    /// <summary>Puts a job back until a time, for the batch of what it waits for; null: until somebody makes it due. Fenced as <see cref="Complete"/>.</summary>
    public static Statement Postpone(Job job, DateTimeOffset? until) => new(
        // A second ahead at least: by another node's clock the time may have come already.
        """
        select overmind.finish_job(
            $1, $2, 'pending', null,
            case when $3::timestamptz is null then 'infinity' else greatest($3::timestamptz, clock_timestamp() + interval '1 second') end)
        """,
        job.Id, job.LeaseToken, until?.UtcDateTime);

    /// <summary>Claims due jobs for a worker.</summary>
    /// <param name="workerLock">The advisory lock that the worker holds while it lives.</param>
    public async Task<IReadOnlyList<Job>> ClaimAsync(
        string[] kinds, string worker, long workerLock, int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync<JobRow>(
            Claims.Service, $"select {JobRow.Columns} from overmind.claim_jobs($1, $2, $3, $4, $5)", [kinds, worker, workerLock, limit, lease],
            cancellationToken);
        return [.. rows.Select(r => r.ToJob())];
    }

    /// <summary>Prolongs leases; returns the jobs whose lease is still held.</summary>
    public Task<IReadOnlyList<Guid>> RenewAsync(long workerLock, IReadOnlyCollection<Job> jobs, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(
            Claims.Service, "select overmind.renew_leases($1, $2, $3, $4)",
            [workerLock, jobs.Select(j => j.Id).ToArray(), jobs.Select(j => j.LeaseToken).ToArray(), lease], cancellationToken);

    /// <summary>Ends a job whose handler has not done so itself.</summary>
    public Task CompleteAsync(Job job, CancellationToken cancellationToken) => FinishAsync(job, "completed", null, null, cancellationToken);

    /// <summary>Puts a job that failed back, to be done again at a time.</summary>
    public Task RetryAsync(Job job, string error, DateTimeOffset at, CancellationToken cancellationToken) =>
        FinishAsync(job, "pending", error, at, cancellationToken);

    /// <summary>Puts a job back that nothing is wrong with, for another node to go on at once.</summary>
    public Task GiveBackAsync(Job job, CancellationToken cancellationToken) => FinishAsync(job, "pending", null, null, cancellationToken);

    /// <summary>Gives a job up.</summary>
    public Task FailAsync(Job job, string error, CancellationToken cancellationToken) => FinishAsync(job, "failed", error, null, cancellationToken);

    /// <summary>Frees the leases of workers that died, and those that ran out.</summary>
    public Task ReleaseDeadAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.release_dead_leases()", [], cancellationToken);

    Task<int> FinishAsync(Job job, string status, string? error, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            Claims.Service, "select overmind.finish_job($1, $2, $3, $4::text, $5::timestamptz)",
            [job.Id, job.LeaseToken, status, error, retryAt?.UtcDateTime], cancellationToken);
}
