using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>The queue as members see it: their own jobs, an admin all of the organization.</summary>
public sealed class JobQueueStore(Database database)
{
    const string Columns = """
        id, kind, status, user_id, priority, payload, run_at, unique_key, batch_id, attempt_count, max_attempts, progress, result, last_error, errors,
        retry_config, metadata, lease.worker, cancel_requested_at, picked_up_at, last_attempt_at, completed_at, created_at,
        lease.expires_at
        """;

    const string WithLease = "left join lateral overmind.job_lease(id, lease_token) as lease on true";

    const string Leased = $"jobs {WithLease}";

    const string Narrowed = """
        ($1::text is null or kind = $1)
            and ($2::text is null or status = $2)
            and ($3::uuid is null or batch_id = $3)
            and ($4::text is null or unique_key = $4)
        """;

    const string HasText = "($5::text is null or position(lower($5) in lower(concat_ws(e'\n', id, unique_key, payload, metadata, last_error))) > 0)";

    const string Filtered = $"{Narrowed} and {HasText}";

    /// <summary>
    /// How many jobs a page looks through for a text. No index can hold it (policies let no operator use one that may leak), so that a text which is
    /// rare would be looked for in all, and there may be a million.
    /// </summary>
    const int MaxSearched = 20_000;

    const int MaxBulk = 10_000;

    const string Cancellable = "'pending', 'blocked', 'processing'";

    const string Retryable = "'failed', 'cancelled', 'blocked'";

    /// <summary>The ids that are new; jobs with a unique key that is there already are not.</summary>
    internal async Task<IReadOnlyList<Guid>> InsertAsync(Claims claims, Statement insert, CancellationToken cancellationToken) =>
        await database.ListAsync(claims, insert, row => row.GetGuid(0), cancellationToken);

    /// <summary>Null when the caller sees no such job.</summary>
    internal Task<JobItem?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement($"select {Columns} from {Leased} where id = $1", id), Read, cancellationToken);

    /// <summary>Those of them that the caller sees, the newest first.</summary>
    internal Task<IReadOnlyList<JobItem>> ListAsync(Claims claims, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims, new Statement($"select {Columns} from {Leased} where id = any ($1) order by id desc", ids.ToArray()), Read, cancellationToken);

    /// <summary>
    /// A page, by id; with one row more than its limit when there are more. A text is looked for in the first <see cref="MaxSearched"/> that all else takes,
    /// and in the one whose id it is.
    /// </summary>
    internal Task<IReadOnlyList<JobItem>> ListAsync(Claims claims, JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [.. Parameters(filter), Parameter.Uuid(page.Cursor), page.Limit + 1];
        return database.ListAsync(
            claims,
            new Statement(
                $"""
                select {Columns}
                from ({Searched(filter, $"{Narrowed} and ($6::uuid is null or id {comparison} $6){CreatedRange.And(page.CreatedAt, parameters)}", direction)}) as jobs
                {WithLease}
                where {HasText}
                order by id {direction}
                limit $7
                """,
                [.. parameters]),
            Read, cancellationToken);
    }

    /// <summary>True when the job was in a state in which it can be cancelled.</summary>
    internal async Task<bool> CancelAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.FindAsync(
            claims, new Statement("select count(*) from overmind.cancel_jobs(array[$1::uuid])", id), row => row.GetInt64(0), cancellationToken) > 0;

    /// <summary>True when the job was in a state in which it can be retried.</summary>
    internal async Task<bool> RetryAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.FindAsync(
            claims, new Statement("select count(*) from overmind.retry_jobs(array[$1::uuid])", id), row => row.GetInt64(0), cancellationToken) > 0;

    internal Task<long> CancelAllAsync(Claims claims, JobFilter filter, string[] except, CancellationToken cancellationToken) =>
        ChangeAllAsync(claims, "cancel_jobs", Cancellable, filter, except, cancellationToken);

    internal Task<long> RetryAllAsync(Claims claims, JobFilter filter, string[] except, CancellationToken cancellationToken) =>
        ChangeAllAsync(claims, "retry_jobs", Retryable, filter, except, cancellationToken);

    /// <summary>How many a change of all that the filter takes would concern, each at most <see cref="MaxBulk"/>.</summary>
    internal async Task<BulkSize> CountAsync(Claims claims, JobFilter filter, string[] except, CancellationToken cancellationToken) =>
        (await database.FindAsync<BulkSize>(
            claims,
            new Statement(
                $"""
                select {CountOf(Cancellable)}, {CountOf(Retryable)}
                """,
                [.. Parameters(filter), except]),
            row => new BulkSize(row.GetInt64(0), row.GetInt64(1)), cancellationToken))!;

    internal async Task<JobStats> StatsAsync(Claims claims, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (from, to) = (since.UtcDateTime, until.UtcDateTime);
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    select kind, status, count(*)
                    from jobs
                    where status in ('pending', 'processing', 'blocked') or completed_at >= $1
                    group by kind, status
                    order by kind, status
                    """,
                    from),
                new(
                    """
                    select
                        kind, count(*) filter (where status = 'completed'), count(*) filter (where status = 'failed'),
                        count(*) filter (where status = 'completed') / greatest(extract(epoch from $2 - $1)::double precision / 60, 0.001),
                        percentile_cont(0.5) within group (order by wait), percentile_cont(0.95) within group (order by wait),
                        percentile_cont(0.5) within group (order by run), percentile_cont(0.95) within group (order by run)
                    from (
                        select
                            kind, status,
                            extract(epoch from picked_up_at - created_at)::double precision * 1000 as wait,
                            extract(epoch from completed_at - last_attempt_at)::double precision * 1000 as run
                        from jobs
                        where status in ('completed', 'failed', 'cancelled') and completed_at >= $1
                    ) as ended
                    group by kind
                    order by kind
                    """,
                    from, to),
                new(
                    """
                    select
                        $1::timestamptz + ($2::timestamptz - $1) / 60 * n, count(j.id) filter (where j.status = 'completed'),
                        count(j.id) filter (where j.status = 'failed'), count(j.id) filter (where j.status = 'cancelled')
                    from generate_series(0, 59) as n
                    left join (
                        select
                            id, status,
                            least(width_bucket(extract(epoch from completed_at), extract(epoch from $1), extract(epoch from $2), 60), 60) - 1 as bucket
                        from jobs
                        where status in ('completed', 'failed', 'cancelled') and completed_at >= $1
                    ) as j on j.bucket = n
                    group by n
                    order by n
                    """,
                    from, to),
            ],
            cancellationToken);
        return new JobStats
        {
            Since = since,
            Counts = await results.ListAsync(row => new JobCounts(row.GetString(0), row.Word<JobStatus>(1), row.GetInt64(2))),
            Kinds = await results.ListAsync(row => new JobTimes(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3), row.Value<double>(4), row.Value<double>(5), row.Value<double>(6),
                row.Value<double>(7))),
            Buckets = await results.ListAsync(row => new JobBucket(row.Time(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))),
        };
    }

    internal Task<IReadOnlyList<WorkerItem>> WorkersAsync(CancellationToken cancellationToken) => database.ListAsync(
        Claims.Service,
        new Statement("select name, host, pid, kinds, concurrency, running, started_at, last_seen_at from overmind.list_workers()"),
        row => new WorkerItem
        {
            Name = row.GetString(0),
            Host = row.GetString(1),
            Pid = row.GetInt32(2),
            Kinds = row.GetFieldValue<string[]>(3),
            Concurrency = row.GetInt32(4),
            Running = row.GetInt32(5),
            StartedAt = row.Time(6),
            LastSeenAt = row.Time(7),
        },
        cancellationToken);

    Task<long> ChangeAllAsync(
        Claims claims, string function, string states, JobFilter filter, string[] except, CancellationToken cancellationToken) =>
        database.FindAsync(
            claims,
            new Statement(
                $"""
                select count(*)
                from overmind.{function}(array(
                    select id
                    from jobs
                    where {Filtered} and kind <> all ($6) and status in ({states})
                    order by id
                    limit {MaxBulk}))
                """,
                [.. Parameters(filter), except]),
            row => row.GetInt64(0), cancellationToken);

    static string Searched(JobFilter filter, string narrowed, string direction) => filter.Text switch
    {
        null => $"select * from jobs where {narrowed}",
        // Which may be older than the others; a job that both find is one.
        { } text when Guid.TryParse(text, out var id) =>
            $"(select * from jobs where {narrowed} order by id {direction} limit {MaxSearched}) union (select * from jobs where {narrowed} and id = '{id}')",
        _ => $"select * from jobs where {narrowed} order by id {direction} limit {MaxSearched}",
    };

    static string CountOf(string states) =>
        $"(select count(*) from (select from jobs where {Filtered} and kind <> all ($6) and status in ({states}) limit {MaxBulk}) as concerned)";

    static object?[] Parameters(JobFilter filter) =>
    [
        Parameter.Text(filter.Kind), Parameter.Text(filter.Status is { } status ? LowerSnake.Write(status) : null), Parameter.Uuid(filter.BatchId),
        Parameter.Text(filter.UniqueKey), Parameter.Text(filter.Text),
    ];

    static JobItem Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Kind = row.GetString(1),
        Status = row.Word<JobStatus>(2),
        UserId = row.Value<Guid>(3),
        Priority = row.GetInt16(4),
        Payload = row.Json(5),
        RunAt = row.Time(6),
        UniqueKey = row.Text(7),
        BatchId = row.Value<Guid>(8),
        AttemptCount = row.GetInt32(9),
        MaxAttempts = row.GetInt32(10),
        Progress = row.Value<float>(11),
        Result = row.IsDBNull(12) ? default : row.Json(12),
        LastError = row.Text(13),
        Errors = row.Json(14),
        RetryConfig = row.Json(15),
        Metadata = row.Json(16),
        Worker = row.Text(17),
        CancelRequestedAt = row.IsDBNull(18) ? null : row.Time(18),
        PickedUpAt = row.IsDBNull(19) ? null : row.Time(19),
        LastAttemptAt = row.IsDBNull(20) ? null : row.Time(20),
        CompletedAt = row.IsDBNull(21) ? null : row.Time(21),
        CreatedAt = row.Time(22),
        LeaseExpiresAt = row.IsDBNull(23) ? null : row.Time(23),
    };
}
