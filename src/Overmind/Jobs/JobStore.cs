using Npgsql;
using NpgsqlTypes;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>What a worker does to the queue. It goes across tenants, so all but <see cref="Insert(NewJob, JobKindOptions?)"/> are definer functions for the service alone.</summary>
public sealed class JobStore(Database database)
{
    /// <summary>After that it is looked whether calls of others have given back what they held of a budget.</summary>
    internal static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);

    const string NewColumns = """
        id uuid, kind text, payload jsonb, priority smallint, run_at timestamptz, unique_key text, unique_for interval, max_attempts integer,
        retry_config jsonb, retry_when_lost boolean, batch_id uuid, metadata jsonb
        """;

    static readonly string InsertSql = InsertSqlOf("$1::jsonb");

    static string InsertSqlOf(string jobs) => $$"""
        insert into jobs (id, kind, payload, priority, run_at, unique_key, max_attempts, retry_config, retry_when_lost, batch_id, metadata)
        select
            n.id, n.kind, n.payload, coalesce(n.priority, 100), coalesce(n.run_at, clock_timestamp()), n.unique_key, coalesce(n.max_attempts, 3),
            coalesce(n.retry_config, '{"strategy": "exponential", "base_delay_ms": 1000, "max_delay_ms": 300000}'), coalesce(n.retry_when_lost, true),
            n.batch_id, coalesce(n.metadata, '{}')
        from jsonb_to_recordset({{jobs}}) as n ({{NewColumns}})
        where n.unique_for is null
           or not exists (
               select from jobs j
               where j.organization_id = overmind.org_id() and j.kind = n.kind and j.unique_key = n.unique_key and j.created_at > clock_timestamp() - n.unique_for)
        on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do nothing
        returning id
        """;

    /// <summary>Writes a job in the batch of its cause: both happen or none does. Returns its id, or no row when one with its unique key is there.</summary>
    internal static Statement Insert(NewJob job, JobKindOptions? options = null) => Insert([job], options);

    /// <summary>Several jobs of one kind, as one statement.</summary>
    internal static Statement Insert(IReadOnlyList<NewJob> jobs, JobKindOptions? options = null) => new(InsertSql, NewJobJson.Write(jobs, options));

    /// <summary>Where a condition on what the batch has done before holds; its parameters begin with <c>$2</c>.</summary>
    internal static Statement InsertWhere(string condition, NewJob job, JobKindOptions? options, params object?[] parameters) =>
        new(InsertSqlOf($"case when {condition} then $1::jsonb else '[]' end"), [NewJobJson.Write([job], options), .. parameters]);

    /// <summary>Jobs that belong to no organization, for a batch of the service.</summary>
    internal static Statement InsertForInstallation(IReadOnlyList<NewJob> jobs, JobKindOptions? options = null) =>
        new("select id from overmind.enqueue_installation_jobs($1::jsonb) as id", NewJobJson.Write(jobs, options));

    /// <summary>The end of a job, for the batch of its effect. Fenced: it fails with <c>OV001</c> when the lease is another's.</summary>
    internal static Statement Complete(Job job) => new(
        "select overmind.finish_job($1, $2, 'completed')", job.Id, job.LeaseToken);

    /// <summary>Claims due jobs for a worker, in the order in which they are to be done; and when the next one that waits for its time is due.</summary>
    /// <param name="workerLock">The advisory lock that the worker holds while it lives.</param>
    /// <param name="limits">By kind how many jobs are allowed, as JSON; see <c>overmind.claim_jobs</c>.</param>
    /// <param name="cursors">Where to go on, as JSON; null to look from the beginning.</param>
    internal async Task<(IReadOnlyList<Job> Jobs, DateTimeOffset? Next)> ClaimAsync(
        string[] kinds, string worker, long workerLock, int limit, TimeSpan lease, string limits, string? cursors, Guid? after,
        CancellationToken cancellationToken)
    {
        // A claim that a crash of the server undoes is made again by whoever comes first; to wait for the disk would only make every start later.
        await using var results = await database.SendAsync(
            Claims.Service,
            [
                new(
                    $"select {JobRow.Columns} from overmind.claim_jobs($1, $2, $3, $4, $5, clock_timestamp(), $6::jsonb, $7::jsonb, $8)",
                    kinds, worker, workerLock, limit, lease, limits, Parameter.Text(cursors), Parameter.Uuid(after)),
                new("select overmind.next_job_at()"),
            ],
            waitsForDisk: false,
            cancellationToken);
        var jobs = await results.ListAsync(JobRow.Read);
        var next = (await results.ListAsync(row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0)))[0];
        return ([.. jobs.OrderBy(j => j.Priority).ThenBy(j => j.RunAt)], next);
    }

    /// <summary>Prolongs leases; returns those that are still held, each with its jobs that somebody wants to end.</summary>
    /// <param name="held">The jobs in the worker's hands: what else its leases hold goes back to the queue.</param>
    /// <param name="ended">Leases whose jobs have all ended.</param>
    internal Task<IReadOnlyList<(long LeaseToken, Guid[] Cancelled)>> RenewAsync(
        long workerLock, long[] tokens, Guid[] held, long[] ended, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ListAsync(
            Claims.Service,
            new("select lease_token, cancelled from overmind.renew_leases($1, $2, $3, $4, $5)", workerLock, tokens, held, ended, lease),
            row => (row.GetInt64(0), row.GetFieldValue<Guid[]>(1)), cancellationToken);

    /// <summary>Ends jobs whose handlers have not done so themselves; returns those whose lease was still held.</summary>
    /// <param name="ended">Leases whose jobs have all ended before.</param>
    internal Task<IReadOnlyList<Guid>> CompleteAsync(IReadOnlyList<JobEnd> ends, long[] ended, CancellationToken cancellationToken) =>
        database.ListAsync(
            Claims.Service,
            new(
                "select id from overmind.complete_jobs($1, $2, $3, $4, $5) as id",
                ends.Select(e => e.Job.Id).ToArray(), ends.Select(e => e.Job.LeaseToken).ToArray(),
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Value = ends.Select(e => e.Result).ToArray() },
                ends.Select(e => e.Keep).ToArray(), ended),
            row => row.GetGuid(0), cancellationToken);

    /// <summary>Puts a job that failed back, to be done again after the wait of its retry rule.</summary>
    internal Task RetryAsync(Job job, string error, CancellationToken cancellationToken) => FinishAsync(job, "pending", error, null, cancellationToken);

    /// <summary>Puts a job back that nothing is wrong with, for another node to go on at once.</summary>
    internal Task GiveBackAsync(Job job, CancellationToken cancellationToken) => FinishAsync(job, "pending", null, null, cancellationToken);

    /// <summary>Puts a job back that a budget does not let go on: until its period ends or it lets it, or for a moment where it is only busy.</summary>
    internal Task BlockAsync(Job job, BudgetBlock block, CancellationToken cancellationToken) => block.IsBusy
        ? database.ExecuteAsync(
            Claims.Service, "select overmind.finish_job($1, $2, 'pending', null, clock_timestamp() + $3)", [job.Id, job.LeaseToken, BusyWait], cancellationToken)
        : database.ExecuteAsync(
            Claims.Service, "select overmind.block_job($1, $2, $3, $4, $5)", [job.Id, job.LeaseToken, block.BudgetId, block.Subject, block.Until.UtcDateTime], cancellationToken);

    /// <summary>Gives a job up.</summary>
    internal Task FailAsync(Job job, string error, TimeSpan keep, CancellationToken cancellationToken) => FinishAsync(job, "failed", error, keep, cancellationToken);

    /// <summary>Ends a job that somebody wanted to end.</summary>
    internal Task CancelAsync(Job job, TimeSpan keep, CancellationToken cancellationToken) => FinishAsync(job, "cancelled", null, keep, cancellationToken);

    internal Task ReportAsync(Job job, double progress, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            Claims.Service, "select overmind.report_job($1, $2, $3::real)", [job.Id, job.LeaseToken, (float)progress], cancellationToken);

    /// <summary>Frees the leases of workers that died, and those that ran out.</summary>
    internal Task ReleaseDeadAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.release_dead_leases()", [], cancellationToken);

    /// <summary>A worker's sign of life, for people to see.</summary>
    internal Task RecordWorkerAsync(
        long workerLock, string name, string[] kinds, int concurrency, int running, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            Claims.Service, "select overmind.record_worker($1, $2, $3, $4, $5, $6, $7)",
            [workerLock, name, Environment.MachineName, Environment.ProcessId, kinds, concurrency, running], cancellationToken);

    /// <summary>Deletes ended jobs that were kept long enough; returns how many.</summary>
    internal Task<int> DeleteEndedAsync(CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, "select overmind.delete_ended_jobs()", [], cancellationToken);

    Task<int> FinishAsync(Job job, string status, string? error, TimeSpan? keep, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            Claims.Service, "select overmind.finish_job($1, $2, $3, $4::text, p_keep => $5::interval)",
            [job.Id, job.LeaseToken, status, error is null ? null : StoredText.Clean(error), keep], cancellationToken);
}
