using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Jobs;

/// <summary>Which jobs a verb is about.</summary>
static class JobOptions
{
    public static readonly Option<string?> Kind = new("--kind") { Description = "Only jobs of this kind", HelpName = "kind" };

    public static readonly Option<string?> Status = new("--status")
    {
        Description = "Only jobs in this state: pending, processing, completed, failed, cancelled or blocked",
        HelpName = "status",
    };

    public static readonly Option<Guid?> Batch = new("--batch") { Description = "Only jobs that were enqueued together as this batch", HelpName = "id" };

    public static readonly Option<string?> Text = new("--text") { Description = "Only jobs with this in id, unique key, payload, metadata or last error", HelpName = "text" };

    /// <summary>Whether any of them is given.</summary>
    public static bool IsMany(System.CommandLine.Parsing.CommandResult result) =>
        result.GetValue(Kind) is not null || result.GetValue(Status) is not null || result.GetValue(Batch) is not null || result.GetValue(Text) is not null;

    public static JobFilter Filter(ParseResult parsed) =>
        new() { Kind = parsed.GetValue(Kind), Status = parsed.GetValue(Status), BatchId = parsed.GetValue(Batch), Text = parsed.GetValue(Text) };
}
