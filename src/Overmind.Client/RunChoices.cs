namespace Overmind.Client;

/// <summary>How a question is answered. What is left out is the conversation's, else the workflow's, the organization's, the installation's.</summary>
public abstract record RunChoices
{
    /// <summary>A workflow's key, as <c>general-problem-solving</c>, for its active version; <c>key@version</c> for that one, draft or not.</summary>
    public string? Workflow { get; init; }

    /// <summary>0 to 10; a score at or above it ends the run.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>Seconds after which the run ends with the best it has: 1 to 604,800.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>Each iteration from this one on waits for an approval: 1 to 20.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this, in US dollars, waits for an approval.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    public RunModels? Models { get; init; }
}
