using Overmind.Bench.Budgets;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
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
        if (report.Dashboards is { } dashboards) Write(dashboards);
        if (report.Jobs is { } jobs) JobsText.Write(jobs);
    }

    static void Write(BudgetFigures budgets)
    {
        AnsiConsole.MarkupLineInterpolated($"Budgets, {BudgetFigures.Offered} calls a second on one: reserve p50 {budgets.Reserve.P50:0.00} p99 {budgets.Reserve.P99:0.00} ms, settle p50 {budgets.Settle.P50:0.00} p99 {budgets.Settle.P99:0.00} ms");
        AnsiConsole.MarkupLine($"  p99 ≤ {BudgetFigures.MostP99:0} ms: {Reached(budgets.IsFast)}");
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
