using System.CommandLine;

namespace Overmind.Bench.Jobs;

/// <summary>The verb <c>overmind bench jobs</c>: the queue alone, quickly if wanted.</summary>
static class JobsCommand
{
    static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the benchmark's own database",
        HelpName = "folder",
        DefaultValueFactory = _ => "/var/tmp/overmind-bench-jobs",
    };

    static readonly Option<int> Jobs = new("--jobs") { Description = "Jobs to do", DefaultValueFactory = _ => 100_000 };

    static readonly Option<double> Soak = new("--soak") { Description = "Seconds of each side of the soak", DefaultValueFactory = _ => 120 };

    public static Command Create()
    {
        var command = new Command("jobs", "Measure the queue beside graphile-worker, pg-boss and Hangfire") { Data, Jobs, Soak };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await JobsMeasure.RunAsync(
                Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Jobs), parsed.GetValue(Soak), Console.Error.WriteLine, cancellationToken);
            JobsText.Write(report);
            return report.IsReached ? 0 : 1;
        });
        return command;
    }
}
