using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Overmind.Bench.DataSets;
using Overmind.Bench.Measures;
using Overmind.Bench.Streams;

namespace Overmind.Bench.Reports;

/// <summary>The report as docs/performance.md.</summary>
static class MarkdownReport
{
    public static string Write(Report report, Machine machine) => $"""
        # Performance

        Written by `./overmind bench --write`. A time says little without the machine it was taken on, so each figure stands beside a floor
        that was measured in the same run: what PostgreSQL gives to a client that does nothing but send the same statements.

        To repeat it, on a machine that does nothing else: `./overmind bench` ({Minutes(report.Options)}; `./overmind bench --help` for the options).

        | machine | |
        |---|---|
        | processor | {machine.Processor}, {machine.Cores} cores |
        | memory | {machine.MemoryGigabytes} GB |
        | load before the run | {machine.Load} |
        | PostgreSQL | {report.PostgresVersion}, as `overmind up` sets it up, commits written to disk |
        | .NET | {RuntimeInformation.FrameworkDescription} |
        | system | {RuntimeInformation.OSDescription} |

        ## Over HTTP

        Among {Number(report.DataSet.Conversations * DataSet.MessagesPerConversation)} messages in {Number(report.DataSet.Conversations)} conversations of {report.DataSet.Organizations} organizations,
        {report.DataSet.Organizations * DataSet.MembersPerOrganization} members asking in turn, each request another conversation. Server, load generator and PostgreSQL share the machine.
        *pgbench* sends the very batch that the request sends (`begin; set local …; statements; commit`, prepared and pipelined), as the same login.

        {Table(report.Http, "over HTTP", "pgbench")}

        ## Row-level security

        The batch as it is, against the same batch sent by the tables' owner, whom the policies do not touch, with the policies' predicates
        written into each query as literals. One client, many short rounds in turn; no HTTP.

        {Table(report.Rls, "policies", "by hand")}

        ## A run

        Six agents with a model that answers at once: from the question to the terminal event at its reader. What remains is
        what the engine takes to make ten calls an iteration durable, one run after the other.

        | iterations | runs/s | p50 ms | p95 ms | p99 ms | transactions a run | one small commit (pgbench) p50 ms | run ÷ commit | aim |
        |--:|--:|--:|--:|--:|--:|--:|--:|---|
        {string.Join('\n', report.Runs.Select(Row))}

        {StreamReport.Markdown(report.Streams)}

        ## The built-in embedder

        Texts of {report.Embedder.MeanLength:0} characters on average, one after the other on one core, against the least that can be done with the same vectors:
        split the text, look each word up, add up ([embeddings.md](embeddings.md) says what it does beyond).

        | embedded/s | added up/s | ratio | words in the table | MB | read in ms | aim |
        |--:|--:|--:|--:|--:|--:|---|
        | {Rate(report.Embedder.Texts.Measured.Rate)} | {Rate(report.Embedder.Texts.Floor.Rate)} | {report.Embedder.Texts.Ratio:0.00} | {Number(report.Embedder.Words)} | {report.Embedder.TableBytes / 1e6:0.00} | {report.Embedder.LoadMilliseconds:0} | ≥ {Number(EmbedderFigures.LeastRate)}/s, ≤ {EmbedderFigures.MostLoadMilliseconds} ms, ≤ {EmbedderFigures.MostBytes / 1e6:0} MB: {Reached(report.Embedder.IsReached)} |

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

    static string Minutes(BenchOptions options) => $"about {Math.Ceiling((options.Seconds * 31 + 150) / 60)} minutes";
}
