namespace Overmind.Bench.Jobs;

/// <summary>The queue's figures for people at a terminal.</summary>
static class JobsText
{
    public static void Write(JobsReport report)
    {
        foreach (var queue in report.Queues)
            Console.WriteLine($"{queue.Name,-22} {queue.JobsPerSecond,10:#,0} jobs/s   enqueue in batches {queue.EnqueueBatched,10:#,0}/s");
        Console.WriteLine($"{"Overmind, jobs kept",-22} {report.Kept.JobsPerSecond,10:#,0} jobs/s");
        Console.WriteLine($"ratio to the best of the others {report.Ratio:0.0} (aim ≥ {JobsReport.LeastRatio})");
        Console.WriteLine($"start of a single job: p50 {report.Start.P50:0.00} ms, p99 {report.Start.P99:0.00} ms (aims ≤ {JobsReport.MostP50} and {JobsReport.MostP99} ms)");
        Console.WriteLine($"enqueue single jobs, 8 callers: {report.EnqueueSingle.Rate:#,0}/s, p50 {report.EnqueueSingle.P50:0.00} ms");
        Console.WriteLine($"claim of ten jobs: p50 {report.Claim.Few.P50:0.00} ms among 1,001, {report.Claim.Many.P50:0.00} ms among {report.Claim.Waiting + 1:#,0}; the single job of the other organization {(report.Claim.IsFair ? "came at once" : "had to wait")}");
        var fire = report.Fire;
        Console.WriteLine($"{fire.Jobs:#,0} jobs, {fire.Kills} workers killed in {fire.Seconds:0} s: {fire.Lost} lost, {fire.Twice} done twice, {fire.Explained} of them since a kill fell between effect and record");
        Console.WriteLine($"soak of {report.Soak.Seconds:0} s, jobs/s at start, middle, end: {Rates(report.Soak.Alone)} alone, {Rates(report.Soak.BesideReader)} beside a reader");
    }

    static string Rates(IEnumerable<double> rates) => string.Join(", ", rates.Select(rate => $"{rate:#,0}"));
}
