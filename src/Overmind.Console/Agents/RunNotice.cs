using Overmind.Agents;
using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Agents;

/// <summary>What a browser tells of a run that has ended or waits.</summary>
/// <param name="Subject">The conversation's title.</param>
/// <param name="Text">What has become of it, in a sentence.</param>
/// <param name="Address">Where it is shown.</param>
public sealed record RunNotice(Guid RunId, string Subject, string Text, string Address)
{
    /// <summary>Null when there is nothing to tell: the run is at work.</summary>
    public static RunNotice? Of(Run run, string title)
    {
        var text = run switch
        {
            { Waiting: { Reason: RunWaiting.BudgetExceeded } } => "It waits for a budget, and goes on by itself.",
            { Waiting: { EstimatedCostUsd: { } cost } waiting } => $"Iteration {waiting.Iteration} waits for your approval; it may cost {Figures.Cost(cost)}.",
            { Waiting: { } waiting } => $"Iteration {waiting.Iteration} waits for your approval.",
            { Status: RunStatus.Succeeded } => $"Answered: {Words.Score(run.BestScore, run.QualityThreshold, run.N2Iterations)}.",
            { Status: RunStatus.Failed } => $"It failed: {run.Error?.Message ?? "it ended without an answer."}",
            { Status: RunStatus.Cancelled } => "It was stopped.",
            _ => null,
        };
        return text is null ? null : new RunNotice(run.Id, title, text, $"conversations/{run.ConversationId}?run={run.Id}");
    }
}
