using Overmind.Errors;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>What one run does otherwise than its conversation, workflow and organization say; everything may be left out.</summary>
public sealed record RunOptions
{
    /// <summary>The most days that a deadline may lie ahead.</summary>
    const int MaxDeadlineSeconds = 7 * 24 * 60 * 60;

    /// <summary>Given beforehand, so that asking twice asks once. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The workflow: <c>key</c> for its active version, <c>key@version</c> for that one, draft or not. Default: the conversation's workflow, else <c>general-problem-solving</c>.</summary>
    public string? Workflow { get; init; }

    /// <summary>0 to 10.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars; refused when the price of any model of the run is unknown.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>Seconds from now after which the run ends with the best it has: 1 to 604,800 (a week).</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>Each iteration from this one on waits for an approval: 1 to 20.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this, in US dollars, waits for an approval; refused when the price of any model is unknown.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>The model of all agents.</summary>
    public ModelReference? AgentModel { get; init; }

    /// <summary>The model that observes, distils and assembles.</summary>
    public ModelReference? SynthesisModel { get; init; }

    /// <summary>The model that inspects. Default: the workflow's judge, else the one that synthesizes.</summary>
    public ModelReference? JudgeModel { get; init; }

    /// <summary>What is attached to the question, at most 32; of a question that is sent again null for what was attached to the earlier one.</summary>
    public IReadOnlyList<Guid>? AttachmentIds { get; init; }

    /// <summary>What its calls do with the response cache. Default: as the organization's settings say.</summary>
    public CacheRequest? Cache { get; init; }

    internal WorkflowName? WorkflowName => Workflow is null ? null : WorkflowName.Parse(Workflow);

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("workflow", Workflow, 1, 120);
        checks.Require(Workflow is null || WorkflowName is not null, "workflow", $"workflow is a key, or key@version with a number from 1, not {Workflow}.");
        checks.Require(QualityThreshold is null or (>= 0 and <= 10), "quality_threshold", $"quality_threshold is 0 to 10, not {QualityThreshold}.");
        checks.Require(MaxN2Iterations is null or (>= 1 and <= 20), "max_n2_iterations", $"max_n2_iterations is 1 to 20, not {MaxN2Iterations}.");
        checks.Require(CostCapUsd is null or > 0, "cost_cap_usd", $"cost_cap_usd is above 0, not {CostCapUsd}.");
        checks.Require(
            DeadlineSeconds is null or (>= 1 and <= MaxDeadlineSeconds), "deadline_seconds",
            $"deadline_seconds is 1 to {MaxDeadlineSeconds}, not {DeadlineSeconds}.");
        checks.Require(
            ApproveFromIteration is null or (>= 1 and <= 20), "approve_from_iteration", $"approve_from_iteration is 1 to 20, not {ApproveFromIteration}.");
        checks.Require(ApproveAboveUsd is null or > 0, "approve_above_usd", $"approve_above_usd is above 0, not {ApproveAboveUsd}.");
        checks.Require(AttachmentIds is not { Count: > 32 }, "attachment_ids", $"attachment_ids names at most 32 attachments, not {AttachmentIds?.Count}.");
        checks.ThrowIfAny();
        Cache?.Check();
    }
}
