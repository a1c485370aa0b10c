using Overmind.Bench.Budgets;
using Overmind.Bench.Gateway;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
using Overmind.Bench.Memories;
using Overmind.Bench.Streams;
using Spectre.Console;

namespace Overmind.Bench.Reports;

/// <summary>The report for people at a terminal.</summary>
static class ConsoleReport
{
    public static void Write(Report report)
    {
        // A file or a pipe has no width of its own.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        if (report.Http.Count > 0) Write("Over HTTP, against pgbench", report.Http);
        if (report.Rls.Count > 0) Write("Row-level security, against predicates by hand", report.Rls);
        foreach (var run in report.Runs)
        {
            AnsiConsole.MarkupLineInterpolated($"A run of six agents × {run.Iterations} with an instant model: p50 {run.Run.P50:0.0} ms, p95 {run.Run.P95:0.0} ms; {run.Transactions:0.0} transactions; as long as {run.Commits:0.0} small commits");
            AnsiConsole.MarkupLine($"  p95 ≤ {run.MostP95} ms: {Reached(run.IsReached)}");
        }
        if (report.Streams is { } streams) StreamReport.WriteToConsole(streams);
        if (report.Embedder is { } embedder) Write(embedder);
        if (report.Audit is { } audit) Write("A write with its row in the audit log, against the same without", [audit]);
        if (report.Access is { } access) Write(access);
        if (report.Rollup.Count > 0) Write("The ledger with the sums of usage", report.Rollup);
        if (report.Budgets is { } budgets) Write(budgets);
        if (report.Cache is { } cache) Write(cache);
        if (report.Search is { } search) Write(search);
        if (report.Memory is { } memory) Write(memory);
        if (report.Tenants is { } tenants) Write(tenants);
        if (report.Conversations.Count > 0) Write("Conversations: with pruning, beside without; a page of a long branch, beside one of a short", report.Conversations);
        if (report.Gateway is { } gateway) Write(gateway);
        if (report.Dashboards is { } dashboards) Write(dashboards);
        if (report.Jobs is { } jobs) JobsText.Write(jobs);
    }

    static void Write(GatewayFigures figures)
    {
        foreach (var (name, way) in ((string, GatewayLatencies?)[])[("directly", figures.Direct), ("through Overmind", figures.Overmind), ("through Portkey", figures.Portkey)])
            if (way is not null)
                AnsiConsole.MarkupLineInterpolated($"A provider that answers at once, {name}: p50 {way.Paced.P50:0.00} p99 {way.Paced.P99:0.00} ms at {GatewayFigures.Offered}/s; {way.Busy.Rate:0}/s at most, p50 {way.Busy.P50:0.00} p99 {way.Busy.P99:0.00} ms");
        AnsiConsole.MarkupLine($"  p50 ≤ {GatewayFigures.MostP50} ms and p99 ≤ {GatewayFigures.MostP99} ms over the provider's p50: {Reached(figures.IsReached)}");
    }

    static void Write(BudgetFigures budgets)
    {
        foreach (var paced in budgets.Paced)
        {
            AnsiConsole.MarkupLineInterpolated($"Budgets, {paced.Offered} calls a second on one: reserve p50 {paced.Reserve.P50:0.00} p99 {paced.Reserve.P99:0.00} ms, settle p50 {paced.Settle.P50:0.00} p99 {paced.Settle.P99:0.00} ms");
            AnsiConsole.MarkupLine($"  both p99 ≤ {PacedCalls.MostP99:0} ms: {Reached(paced.IsFast)}");
        }
        AnsiConsole.MarkupLineInterpolated($"  {budgets.Processes} processes for ${budgets.Limit}: {budgets.Calls} calls, ${budgets.Used}");
        AnsiConsole.MarkupLine($"  overspend ${budgets.Overspend}: {Reached(budgets.Overspend == 0)}");
        Write("The ledger where there is no budget", [budgets.Inserts]);
    }

    static void Write(AccessFigures access)
    {
        Write("A request of somebody, against one of nobody", access.Requests);
        foreach (var request in access.Requests)
            AnsiConsole.MarkupLine($"  {request.Name}: {AccessFigures.Overhead(request):0.000} ms more at the median; ≤ {AccessFigures.MostOverhead} ms: {Reached(AccessFigures.IsCheap(request))}");
        Write("Signing in, against the hash of the password alone", access.SignIns);
        AnsiConsole.MarkupLineInterpolated($"  One hash takes {access.HashMilliseconds:0.0} ms");
    }

    static void Write(CacheFigures cache)
    {
        AnsiConsole.MarkupLine("Look-ups in the response cache");
        foreach (var lookup in cache.Lookups)
            AnsiConsole.MarkupLine(
                $"  {lookup.Name}: p50 {lookup.Measured.P50:0.00} ms, p95 {lookup.Measured.P95:0.00} ms, floor p50 {lookup.Floor.P50:0.00} ms"
                + $"{(lookup.Recall is { } recall ? $", recall {recall:0.000}" : "")}; p95 ≤ {lookup.MostP95} ms: {Reached(lookup.IsReached)}");
    }

    static void Write(SearchFigures figures)
    {
        AnsiConsole.MarkupLineInterpolated($"Full-text search among {figures.Messages:#,0} messages of 1,000 organizations; {figures.IndexMicroseconds:0} µs to make the words of a message");
        foreach (var search in figures.Searches)
            AnsiConsole.MarkupLine(
                $"  {search.Name}: p50 {search.Measured.P50:0.00} ms, p95 {search.Measured.P95:0.00} ms, floor p50 {search.Floor.P50:0.00} ms, {search.Found:0} found; "
                + $"p95 ≤ {search.MostP95} ms: {Reached(search.IsReached)}");
    }

    static void Write(MemoryFigures figures)
    {
        if (figures.Searches.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"Memories: search among {figures.Memories:#,0} of 1,000 organizations{(figures.IndexSeconds is { } seconds ? $"; their index of vectors was made in {seconds:0} s" : "")}");
        foreach (var search in figures.Searches)
            AnsiConsole.MarkupLine(
                $"  {search.Name}: p50 {search.Measured.P50:0.00} ms, p95 {search.Measured.P95:0.00} ms{(search.Recall is { } recall ? $", recall {recall:0.000}" : "")}"
                + (search.MostP95 is { } most ? $"; p95 ≤ {most} ms{(search.Recall is null ? "" : $", recall ≥ {search.LeastRecall}")}: {Reached(search.IsReached)}" : ""));
        if (figures.Writes is not { } writes) return;
        foreach (var (name, latencies) in ((string, Latencies)[])[("one client", writes.Remember), ("sixteen", writes.RememberBySixteen)])
            AnsiConsole.MarkupLineInterpolated($"  remembered over HTTP by {name}: {latencies.Rate:#,0}/s, p50 {latencies.P50:0.00} ms, p95 {latencies.P95:0.00} ms");
        AnsiConsole.MarkupLineInterpolated($"  vectors made of what came by SQL: {writes.EmbeddedPerSecond:#,0}/s");
        Write("Messages with their vectors, beside without", [writes.Append]);
    }

    static void Write(TenantFigures tenants)
    {
        AnsiConsole.MarkupLineInterpolated($"Organizations: {tenants.CreatedPerSecond:0.0} made a second, {tenants.ErasedPerSecond:0.0} erased, of {tenants.Tenants:#,0}, with {tenants.Locks} locks a transaction; {tenants.Left} left");
        AnsiConsole.MarkupLine($"  nothing left: {Reached(tenants.IsReached)}");
    }

    static void Write(EmbedderFigures embedder)
    {
        Write("The built-in embedder on one core, against adding up the same vectors", [embedder.Texts]);
        AnsiConsole.MarkupLineInterpolated($"  Table of {embedder.Words:#,0} words: {embedder.TableBytes / 1e6:0.00} MB, read in {embedder.LoadMilliseconds:0} ms");
        AnsiConsole.MarkupLine($"  ≥ {EmbedderFigures.LeastRate:#,0} texts/s, ≤ {EmbedderFigures.MostLoadMilliseconds} ms, ≤ {EmbedderFigures.MostBytes / 1e6:0} MB: {Reached(embedder.IsReached)}");
    }

    static void Write(DashboardFigures figures)
    {
        var table = new Table { Title = new TableTitle($"Reports of usage over {figures.Calls:#,0} calls"), Border = TableBorder.Simple }.AddColumns("", "rows", "best ms", "median ms", "aim");
        foreach (var d in figures.Dashboards)
            table.AddRow(d.Name.EscapeMarkup(), $"{d.Rows:#,0}", $"{d.Best:0.0}", $"{d.Latencies.P50:0.0}", Reached(d.IsReached));
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"  Verified in {figures.VerifySeconds:0} s{(figures.RebuildSeconds is { } rebuild ? $"; summed up anew in {rebuild:0} s" : "")}");
    }

    static void Write(string title, IEnumerable<Comparison> comparisons)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Simple }.AddColumn("");
        foreach (var column in (string[])["clients", "rate/s", "p50 ms", "p95 ms", "p99 ms", "floor/s", "floor p50", "ratio"])
            table.AddColumn(column, c => c.RightAligned());
        table.AddColumn("aim");
        foreach (var c in comparisons)
            table.AddRow(
                c.Name.EscapeMarkup(), $"{c.Clients}", $"{c.Measured.Rate:#,0}", $"{c.Measured.P50:0.00}", $"{c.Measured.P95:0.00}", $"{c.Measured.P99:0.00}",
                $"{c.Floor.Rate:#,0}", $"{c.Floor.P50:0.00}", $"{c.Ratio:0.00}", c.IsReached is { } reached ? $"{c.Aim}: {Reached(reached)}" : "");
        AnsiConsole.Write(table);
    }

    static string Reached(bool reached) => reached ? "[green]reached[/]" : "[red]missed[/]";
}
