using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Overmind.Bench.Budgets;
using Overmind.Bench.DataSets;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
using Overmind.Bench.Streams;

namespace Overmind.Bench.Reports;

/// <summary>The report as docs/performance.md.</summary>
static class MarkdownReport
{
    public static string Write(Report report, Machine machine) =>
        string.Join('\n', new[] { Head(report, machine), Http(report), Rls(report), Runs(report), Streams(report), Embedder(report), Audit(report), Access(report), Rollup(report), Cache(report), Budgets(report), Dashboards(report), Jobs(report) }.OfType<string>());

    static string Head(Report report, Machine machine) => $"""
        # Performance

        Written by `./overmind bench --write`. A time says little without the machine it was taken on, so each figure stands beside a floor
        that was measured in the same run: what PostgreSQL gives to a client that does nothing but send the same statements, or what others do.

        To repeat it, on a machine that does nothing else: `./overmind bench` ({Minutes(report.Options)}; `./overmind bench --help` for the options).

        | machine | |
        |---|---|
        | processor | {machine.Processor}, {machine.Cores} cores |
        | memory | {machine.MemoryGigabytes} GB |
        | load before the run | {machine.Load} |
        | PostgreSQL | {report.PostgresVersion ?? report.Jobs?.PostgresVersion}, as `overmind up` sets it up, commits written to disk |
        | .NET | {RuntimeInformation.FrameworkDescription} |
        | system | {RuntimeInformation.OSDescription} |

        """;

    static string? Http(Report report) => report.Http.Count == 0 ? null : $"""
        ## Over HTTP

        Among {Number(report.DataSet!.Conversations * DataSet.MessagesPerConversation)} messages in {Number(report.DataSet.Conversations)} conversations of {report.DataSet.Organizations} organizations,
        {report.DataSet.Organizations * DataSet.MembersPerOrganization} members asking in turn, each request another conversation. Server, load generator and PostgreSQL share the machine.
        *pgbench* sends the very batch that the request sends (`begin; set local …; statements; commit`, prepared and pipelined), as the same login.

        {Table(report.Http, "over HTTP", "pgbench")}

        """;

    static string? Rls(Report report) => report.Rls.Count == 0 ? null : $"""
        ## Row-level security

        The batch as it is, against the same batch sent by the tables' owner, whom the policies do not touch, with the policies' predicates
        written into each query as literals. One client, many short rounds in turn; no HTTP.

        {Table(report.Rls, "policies", "by hand")}

        """;

    static string? Runs(Report report) => report.Runs.Count == 0 ? null : $"""
        ## A run

        Six agents with a model that answers at once: from the question to the terminal event at its reader. What remains is
        what the engine takes to make ten calls an iteration durable, one run after the other.

        | iterations | runs/s | p50 ms | p95 ms | p99 ms | transactions a run | one small commit (pgbench) p50 ms | run ÷ commit | aim |
        |--:|--:|--:|--:|--:|--:|--:|--:|---|
        {string.Join('\n', report.Runs.Select(Row))}

        """;

    static string? Streams(Report report) => report.Streams is { } streams ? StreamReport.Markdown(streams) + "\n" : null;

    static string? Embedder(Report report) => report.Embedder is not { } embedder ? null : $"""
        ## The built-in embedder

        Texts of {embedder.MeanLength:0} characters on average, one after the other on one core, against the least that can be done with the same vectors:
        split the text, look each word up, add up ([embeddings.md](embeddings.md) says what it does beyond).

        | embedded/s | added up/s | ratio | words in the table | MB | read in ms | aim |
        |--:|--:|--:|--:|--:|--:|---|
        | {Rate(embedder.Texts.Measured.Rate)} | {Rate(embedder.Texts.Floor.Rate)} | {embedder.Texts.Ratio:0.00} | {Number(embedder.Words)} | {embedder.TableBytes / 1e6:0.00} | {embedder.LoadMilliseconds:0} | ≥ {Number(EmbedderFigures.LeastRate)}/s, ≤ {EmbedderFigures.MostLoadMilliseconds} ms, ≤ {EmbedderFigures.MostBytes / 1e6:0} MB: {Reached(embedder.IsReached)} |

        """;

    static string? Audit(Report report) => report.Audit is not { } audit ? null : $"""
        ## The audit log

        A write with its row in the [audit log](audit.md), address and program among them, against the same with the table's trigger switched off: two transactions each, one client, many short
        rounds in turn. The aim is that it takes at most 1.25 times as long.

        {Table([audit], "audited", "without")}

        """;

    static string? Access(Report report) => report.Access is not { } access ? null : $"""
        ## Who is there

        `GET /v1/me`, which says who is there and asks the database nothing, against `GET /health`, which asks nobody: one client, short rounds in turn.

        | with | /s | p50 ms | p95 ms | anonymous/s | p50 ms | p95 ms | more at p50, ms | aim |
        |---|--:|--:|--:|--:|--:|--:|--:|---|
        {string.Join('\n', access.Requests.Select(Row))}

        Signing in (`POST /v1/auth/sign_in`: the hash, a session and its tokens) against the hash alone by as many callers, {access.HashMilliseconds:0} ms for one. Half of the processors hash at a time.

        {Table(access.SignIns, "sign-ins", "hashes")}

        """;

    static string Row(Comparison request) =>
        $"| {request.Name} | {Rate(request.Measured.Rate)} | {Ms(request.Measured.P50)} | {Ms(request.Measured.P95)} | {Rate(request.Floor.Rate)} | {Ms(request.Floor.P50)} "
        + $"| {Ms(request.Floor.P95)} | {Ms(AccessFigures.Overhead(request))} | ≤ {AccessFigures.MostOverhead}: {Reached(AccessFigures.IsCheap(request))} |";

    static string? Rollup(Report report) => report.Rollup.Count == 0 ? null : $"""
        ## The sums of usage

        16 writers settle calls on one organization's one day (an insert each, through pgbench), while what they change is [folded](usage.md) as a node does it. Beside the same without triggers, and
        beside a trigger that adds each call to one row, that of its day.

        {Table(report.Rollup, "with its sums", "without, or by that trigger")}

        """;

    static string? Budgets(Report report) => report.Budgets is not { } budgets ? null : $"""
        ## Budgets

        {BudgetFigures.Offered:#,0} calls a second are offered on one [budget](budgets.md) of money, each begun when it is due whether those before have ended or not; its reservation is timed from then. Each is a transaction of its own, written to disk.

        | | /s | p50 ms | p95 ms | p99 ms | aim |
        |---|--:|--:|--:|--:|---|
        | reserve | {Rate(budgets.Reserve.Rate)} | {Ms(budgets.Reserve.P50)} | {Ms(budgets.Reserve.P95)} | {Ms(budgets.Reserve.P99)} | p99 ≤ {BudgetFigures.MostP99:0} ms: {Reached(budgets.Reserve.P99 <= BudgetFigures.MostP99)} |
        | settle | {Rate(budgets.Settle.Rate)} | {Ms(budgets.Settle.P50)} | {Ms(budgets.Settle.P95)} | {Ms(budgets.Settle.P99)} | p99 ≤ {BudgetFigures.MostP99:0} ms: {Reached(budgets.Settle.P99 <= BudgetFigures.MostP99)} |

        {budgets.Processes} processes of 4 callers each called until a budget of ${budgets.Limit} let them no more: {budgets.Calls:#,0} calls, which cost ${budgets.Used}. Overspend: ${budgets.Overspend} (aim: exactly 0: {Reached(budgets.Overspend == 0)}).

        Where there is no budget its triggers are one look at an index:

        {Table([budgets.Inserts], "with them", "without")}

        """;

    static string? Cache(Report report) => report.Cache is not { } cache ? null : $"""
        ## The response cache

        Look-ups by the store that the server uses, one after the other, each a transaction with the caller's claims. The floor is the row by its key, and for similar questions
        comparing each row of the scope; recall is the share of look-ups that found what comparing each row found.

        | | p50 ms | p95 ms | p99 ms | floor p50 ms | recall | aim |
        |---|--:|--:|--:|--:|--:|---|
        {string.Join('\n', cache.Lookups.Select(CacheRow))}

        """;

    static string CacheRow(CacheLookupFigure lookup) =>
        $"| {lookup.Name} | {lookup.Measured.P50:0.00} | {lookup.Measured.P95:0.00} | {lookup.Measured.P99:0.00} | {lookup.Floor.P50:0.00} | {(lookup.Recall is { } recall ? $"{recall:0.000}" : "")} | p95 ≤ {lookup.MostP95} ms: {Reached(lookup.IsReached)} |";

    static string? Dashboards(Report report) => report.Dashboards is not { } figures ? null : $"""
        ## Reports of usage

        Of one organization over {Number(figures.Calls)} calls in half a year (200 members, 16 models, 50 projects, 8 workflows, 20 API keys), asked by its admin through row-level security, all of it
        folded; 15 times each, after once. The aim is {Dashboard.MostMilliseconds} ms at the median. `overmind usage verify` took {figures.VerifySeconds:0} s{(figures.RebuildSeconds is { } rebuild ? $", `rebuild` {rebuild:0} s" : "")}.

        | | rows | best ms | median ms | aim |
        |---|--:|--:|--:|---|
        {string.Join('\n', figures.Dashboards.Select(d => $"| {d.Name} | {Number(d.Rows)} | {Ms(d.Best)} | {Ms(d.Latencies.P50)} | {Reached(d.IsReached)} |"))}

        """;

    static string? Jobs(Report report) => report.Jobs is not { } jobs ? null : $"""
        ## The queue

        No-op jobs by one worker process, each queue by its own worker as its manual has it for speed, one after the other on the same PostgreSQL:
        graphile-worker with a local queue of 500 and batched completion, pg-boss with batches of 500 by 4 workers that fetch on while batches come full,
        Hangfire with 24 workers. Ours deletes what it has done, as graphile-worker does; *kept* is the default, where it stays for 7 days.

        | | jobs/s | enqueued/s, a thousand a call |
        |---|--:|--:|
        {string.Join('\n', jobs.Queues.Select(queue => $"| {queue.Name} | {Rate(queue.JobsPerSecond)} | {(queue.EnqueueBatched > 0 ? Rate(queue.EnqueueBatched) : "")} |"))}
        | Overmind, kept | {Rate(jobs.Kept.JobsPerSecond)} | {Rate(jobs.Kept.EnqueueBatched)} |

        | | | aim |
        |---|--:|---|
        | ours ÷ the best of the others | {jobs.Ratio:0.00} | ≥ {JobsReport.LeastRatio}: {Reached(jobs.Ratio >= JobsReport.LeastRatio)} |
        | start of a single job, from the call that enqueues it to its handler, p50 ms | {Ms(jobs.Start.P50)} | ≤ {JobsReport.MostP50}: {Reached(jobs.Start.P50 <= JobsReport.MostP50)} |
        | … p99 ms | {Ms(jobs.Start.P99)} | ≤ {JobsReport.MostP99}: {Reached(jobs.Start.P99 <= JobsReport.MostP99)} |
        | single jobs enqueued/s, 8 callers (p50 {Ms(jobs.EnqueueSingle.P50)} ms) | {Rate(jobs.EnqueueSingle.Rate)} | |
        | a claim of ten jobs among 1,001 waiting, p50 ms | {Ms(jobs.Claim.Few.P50)} | |
        | … among {Number(jobs.Claim.Waiting + 1)}, one of them of another organization, p50 ms | {Ms(jobs.Claim.Many.P50)} | that one comes at once: {Reached(jobs.Claim.IsFair)} |

        {Number(jobs.Fire.Jobs)} jobs by three worker processes, one killed every 5 s ({jobs.Fire.Kills} in {jobs.Fire.Seconds:0} s): {Number((int)jobs.Fire.Lost)} lost,
        {Number((int)jobs.Fire.Twice)} done again, of which {Number((int)jobs.Fire.Explained)} by a kill between the effect and the record of it: {Reached(jobs.Fire.IsReached)}.

        A queue that never runs empty for {jobs.Soak.Seconds:0} s, with and without a transaction that stays open from before the first job (a backup, a report), so that nothing finished can be cleaned up:

        | jobs/s | at the start | in the middle | at the end |
        |---|--:|--:|--:|
        | alone | {string.Join(" | ", jobs.Soak.Alone.Select(Rate))} |
        | beside the reader | {string.Join(" | ", jobs.Soak.BesideReader.Select(Rate))} |

        """;

    static string Row(RunOverhead run) =>
        $"| {run.Iterations} | {Rate(run.Run.Rate)} | {Ms(run.Run.P50)} | {Ms(run.Run.P95)} | {Ms(run.Run.P99)} | {run.Transactions:0.0} "
        + $"| {Ms(run.Commit.P50)} | {run.Commits:0.0} | p95 ≤ {run.MostP95} ms: {Reached(run.IsReached)} |";

    static string Table(IEnumerable<Comparison> comparisons, string measured, string floor)
    {
        var table = new StringBuilder($"""
            | | clients | {measured}/s | p50 ms | p95 ms | p99 ms | {floor}/s | p50 ms | p95 ms | ratio | aim |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
            """);
        foreach (var c in comparisons)
            table.Append($"\n| {c.Name} | {c.Clients} | {Rate(c.Measured.Rate)} | {Ms(c.Measured.P50)} | {Ms(c.Measured.P95)} | {Ms(c.Measured.P99)} ")
                .Append($"| {Rate(c.Floor.Rate)} | {Ms(c.Floor.P50)} | {Ms(c.Floor.P95)} | {c.Ratio:0.00} | {(c.IsReached is { } reached ? $"{c.Aim}: {Reached(reached)}" : "")} |");
        return table.ToString();
    }

    static string Reached(bool reached) => reached ? "reached" : "**missed**";

    static string Rate(double rate) => rate.ToString(rate < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    static string Minutes(BenchOptions options) => $"about {Math.Ceiling((options.Seconds * 31 + 150) / 60 + 8)} minutes";
}
