using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Ask;

/// <summary>How the questions are answered; what is left out is the conversation's, the workflow's or the installation's.</summary>
sealed record AskOptions(string? Workflow, double? Threshold, int? Iterations, int? ApproveFrom)
{
    public static readonly Option<string?> WorkflowOption = new("--workflow") { Description = "Key of the workflow, as general-problem-solving; key@2 for version 2", HelpName = "key" };

    public static readonly Option<double?> ThresholdOption = new("--threshold") { Description = "Score that ends a run, 0 to 10", HelpName = "score" };

    public static readonly Option<int?> IterationsOption = new("--iterations") { Description = "Most iterations of a run, 1 to 20", HelpName = "count" };

    public static readonly Option<int?> ApproveFromOption = new("--approve-from")
    {
        Description = "Iteration from which on each waits for `overmind run approve`, 1 to 20",
        HelpName = "number",
    };

    public static AskOptions Of(ParseResult parsed) =>
        new(parsed.GetValue(WorkflowOption), parsed.GetValue(ThresholdOption), parsed.GetValue(IterationsOption), parsed.GetValue(ApproveFromOption));

    public NewRun Run(string question) => new()
    {
        Question = question,
        Workflow = Workflow,
        QualityThreshold = Threshold,
        MaxN2Iterations = Iterations,
        ApproveFromIteration = ApproveFrom,
    };
}
