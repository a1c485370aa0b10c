using System.Text.Json.Serialization;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>
/// Everything a run uses, frozen when it is made and stored with it. With the recorded steps it alone decides what comes next,
/// so a run that is resumed on another node, or after an edit of its agents, goes on as if nothing had happened.
/// </summary>
sealed record RunSnapshot
{
    public required string Question { get; init; }

    /// <summary>What was attached to the question.</summary>
    public IReadOnlyList<RunAttachment> Attachments { get; init; } = [];

    /// <summary>The pictures among them, read again by whoever makes a call.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<Guid, byte[]> Images { get; init; } = new Dictionary<Guid, byte[]>();

    /// <summary>What was said before the question, oldest first.</summary>
    public required IReadOnlyList<HistoryMessage> History { get; init; }

    /// <summary>Whether the window held more than fits, so that its oldest messages were left out.</summary>
    public bool HistoryIsCut { get; init; }

    /// <summary>Whether messages had left the window when the run was made.</summary>
    public bool HasLeft { get; init; }

    /// <summary>How long it took to read the history, in milliseconds.</summary>
    public int BuildTimeMs { get; init; }

    /// <summary>What was said before the history, in short; null: nothing left the window, or it left without.</summary>
    public RunSummary? Summary { get; init; }

    /// <summary>What is known from other conversations that fits the question, the best first.</summary>
    public IReadOnlyList<RunMemory> Memories { get; init; } = [];

    public required string WorkflowKey { get; init; }

    public required string WorkflowName { get; init; }

    public required int WorkflowVersion { get; init; }

    public required ExecutionMode ExecutionMode { get; init; }

    /// <summary>In the workflow's order; at least one.</summary>
    public required IReadOnlyList<AgentSnapshot> Agents { get; init; }

    /// <summary>0 to 10; a score at or above it ends the run.</summary>
    public required double QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public required int MaxN2Iterations { get; init; }

    /// <summary>Observes, distils and assembles.</summary>
    public required ModelReference SynthesisModel { get; init; }

    /// <summary>Inspects; may differ from the model that answers.</summary>
    public required ModelReference JudgeModel { get; init; }

    /// <summary>The most the run may cost, in US dollars; null for no cap.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>When the run ends with the best it has; null for never. A retry moves it: what stands on the run's row holds.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Each iteration from this one on waits for an approval, 1 to 20; null: none does.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this, in US dollars, waits for an approval; null: none does.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>What the first iteration may cost, in US dollars; null when a price is unknown, and where nobody is asked and nothing is limited.</summary>
    public decimal? FirstIterationUsd { get; init; }

    /// <summary>What was decided since, from the run's row. A decision stays, as a recorded step does.</summary>
    [JsonIgnore]
    public IReadOnlyList<RunDecision> Approvals { get; init; } = [];

    /// <summary>What its calls do with the response cache; null: nothing.</summary>
    public CachePolicy? Cache { get; init; }

    /// <summary>The prompt texts in use.</summary>
    public required PromptTemplates Prompts { get; init; }
}
