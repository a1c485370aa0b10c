using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Jobs;

/// <summary>Jobs, a line each.</summary>
static class JobTable
{
    public static Table Of(IReadOnlyList<Job> jobs)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Job", "Kind", "Status", "Attempt", "Due", "Error");
        foreach (var job in jobs)
            table.AddRow(
                job.Id.ToString(), Markup.Escape(job.Kind), job.Status, $"{job.AttemptCount}/{job.MaxAttempts}", $"{job.RunAt:yyyy-MM-dd HH:mm:ss}Z",
                Markup.Escape(job.LastError?.Split('\n')[0] ?? ""));
        return table;
    }
}
