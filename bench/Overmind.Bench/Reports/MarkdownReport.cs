using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Overmind.Bench.Budgets;
using Overmind.Bench.DataSets;
using Overmind.Bench.Gateway;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
using Overmind.Bench.Memories;
using Overmind.Bench.Streams;

namespace Overmind.Bench.Reports;

/// <summary>The report as docs/performance.md.</summary>
static class MarkdownReport
{
    public static string Write(Report report, Machine machine) =>
        string.Join('\n', new[] { Head(report, machine), Http(report), Rls(report), Runs(report), Streams(report), Embedder(report), Audit(report), Access(report), Rollup(report), Cache(report), Search(report), Memory(report), Tenants(report), Conversations(report), Budgets(report), Gateway(report), Dashboards(report), Jobs(report) }.OfType<string>());

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
        *pgbench* sends the very batch that the request sends (claims and statements, prepared and pipelined), as the same login.

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

        Calls are offered on one [budget](budgets.md) of money, each begun when it is due whether those before have ended or not; its reservation is timed from then. Each is a transaction of its own, written to disk.

        | calls offered a second | reserve p50 ms | p99 ms | settle p50 ms | p99 ms | both p99 ≤ {PacedCalls.MostP99:0} ms |
        |--:|--:|--:|--:|--:|---|
        {string.Join("\n", budgets.Paced.Select(paced => $"| {paced.Offered:#,0} | {Ms(paced.Reserve.P50)} | {Ms(paced.Reserve.P99)} | {Ms(paced.Settle.P50)} | {Ms(paced.Settle.P99)} | {Reached(paced.IsFast)} |"))}

        {budgets.Processes} processes of 4 callers each called until a budget of ${budgets.Limit} let them no more: {budgets.Calls:#,0} calls, which cost ${budgets.Used}. Overspend: ${budgets.Overspend} (aim: exactly 0: {Reached(budgets.Overspend == 0)}).

        Where there is no budget its triggers are one look at an index:

        {Table([budgets.Inserts], "with them", "without")}

        """;

    static string? Gateway(Report report) => report.Gateway is not { } gateway ? null : $"""
        ## OpenAI's API

        {GatewayFigures.Clients} clients ask a provider on loopback that answers at once, {GatewayFigures.Offered} calls a second together, each timed from when it was due; clients, provider, gateway and PostgreSQL share the machine.
        Through [OpenAI's API](openai.md) each call has its row in the ledger, reserved before it and settled with its price after it, both written to disk: two round trips. Portkey's gateway (`@portkey-ai/gateway`) keeps nothing.
        The last column is the rate of the same clients where each asks again as soon as it has its answer.

        | | p50 ms | p95 ms | p99 ms | p50 over the provider's | p99 over the provider's p50 | aim | busy /s |
        |---|--:|--:|--:|--:|--:|---|--:|
        {GatewayRow(gateway, "the provider itself", gateway.Direct)}
        {GatewayRow(gateway, "through Overmind", gateway.Overmind, $"≤ {GatewayFigures.MostP50:0} and ≤ {GatewayFigures.MostP99:0} ms: {Reached(gateway.IsReached)}")}{(gateway.Portkey is { } portkey ? "\n" + GatewayRow(gateway, "through Portkey", portkey) : "")}

        """;

    static string GatewayRow(GatewayFigures figures, string name, GatewayLatencies way, string aim = "") =>
        $"| {name} | {Ms(way.Paced.P50)} | {Ms(way.Paced.P95)} | {Ms(way.Paced.P99)} | {Ms(figures.AddedP50(way))} | {Ms(figures.AddedP99(way))} | {aim} | {Rate(way.Busy.Rate)} |";

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

    static string? Search(Report report) => report.Search is not { } search ? null : $"""
        ## Search

        Searches by the service that the server uses, one after the other, each a transaction with the caller's claims, among {Number(search.Messages)} messages of 1,000 organizations, of which one has
        a tenth. The floor is the newest 20 matches by the index, as the owner: no rank, no snippets, no rights. Making the words of a message of 60 words takes {search.IndexMicroseconds:0} µs of its insert.

        | | found | p50 ms | p95 ms | p99 ms | floor p50 ms | aim |
        |---|--:|--:|--:|--:|--:|---|
        {string.Join('\n', search.Searches.Select(SearchRow))}

        """;

    static string SearchRow(SearchFigure search) =>
        $"| {search.Name} | {search.Found:0} | {search.Measured.P50:0.00} | {search.Measured.P95:0.00} | {search.Measured.P99:0.00} | {search.Floor.P50:0.00} | p95 ≤ {search.MostP95} ms: {Reached(search.IsReached)} |";

    static string? Memory(Report report) => report.Memory is not { } memory ? null : $"""
        ## Memory

        {string.Join("\n\n", new[] { memory.Searches.Count > 0 ? Searches(memory) : null, memory.Writes is { } writes ? Writes(writes) : null }.OfType<string>())}

        """;

    static string Searches(MemoryFigures memory) => $"""
        Searches by the service that the server uses, one after the other, each a transaction with the caller's claims, among {Number(memory.Memories)} memories of 1,000 organizations with vectors of the
        built-in embedder. Recall@10 is measured against comparing each vector; beside it stands pgvector's HNSW with a filter as it comes (`ef_search` 40, no iterative scan).

        | | p50 ms | p95 ms | p99 ms | recall@10 | aim |
        |---|--:|--:|--:|--:|---|
        {string.Join('\n', memory.Searches.Select(MemoryRow))}
        """;

    static string Writes(MemoryWriteFigures writes) => $"""
        Remembering over HTTP: {Rate(writes.Remember.Rate)} a second by one client (p50 {Ms(writes.Remember.P50)}, p95 {Ms(writes.Remember.P95)} ms), {Rate(writes.RememberBySixteen.Rate)} by sixteen
        (p95 {Ms(writes.RememberBySixteen.P95)} ms). The job that makes the vectors of what came by SQL made {Rate(writes.EmbeddedPerSecond)} a second, of {Number(MemoryWriteFigures.Embedded)}.

        {Table([writes.Append], "with", "without")}
        """;

    static string? Tenants(Report report) => report.Tenants is not { } tenants ? null : $"""
        ## Organizations that come and go

        {Number(tenants.Tenants)} were made, each with its agents, its workflow and a memory, at {Rate(tenants.CreatedPerSecond)} a second, and erased at {Rate(tenants.ErasedPerSecond)} a second, four at a time, with
        `max_locks_per_transaction` {tenants.Locks}, as PostgreSQL has it. Left of them: {tenants.Left} (aim: nothing: {Reached(tenants.IsReached)}).

        """;

    static string MemoryRow(MemoryFigure search) =>
        $"| {search.Name} | {search.Measured.P50:0.00} | {search.Measured.P95:0.00} | {search.Measured.P99:0.00} | {(search.Recall is { } recall ? $"{recall:0.000}" : "")} "
        + $"| {(search.MostP95 is { } most ? $"p95 ≤ {most} ms{(search.Recall is null ? "" : $", ≥ {search.LeastRecall}")}: {Reached(search.IsReached)}" : "")} |";

    static string? Conversations(Report report) => report.Conversations.Count == 0 ? null : $"""
        ## Windows and branches

        By the services that the server uses, one call after the other, each a transaction with the caller's claims. Messages of 50 tokens are appended to a window of 2,000 that is full, beside a
        conversation that is not pruned; pages of 20 messages stand beside one of all ten of a branch that has no more.

        {Table(report.Conversations, "measured", "beside it")}

        """;

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
