namespace Overmind.Agents;

/// <summary>What the recorded steps of one iteration came to; what is not recorded yet is null.</summary>
sealed record IterationResult
{
    /// <summary>From 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>What the user needs, in words.</summary>
    public string? Observation { get; init; }

    /// <summary>The distilled JSON as the model wrote it, without a fence around it.</summary>
    public string? Distillation { get; init; }

    /// <summary>The core insights in <see cref="Distillation"/>; empty when there are none.</summary>
    public required IReadOnlyList<string> Insights { get; init; }

    /// <summary>The integrated answer, Markdown.</summary>
    public string? Assembled { get; init; }

    /// <summary>0 to 10; null when the iteration is not scored (yet).</summary>
    public double? Score { get; init; }

    /// <summary>The judge's reason for the score.</summary>
    public string? Rationale { get; init; }

    /// <summary>What the next iteration has to repair; null when there is none after this one.</summary>
    public string? RepairDirective { get; init; }

    /// <summary>Why the judge's verdict could not be read; null when it could, or is not there yet.</summary>
    public string? UnscoredBecause { get; init; }

    /// <summary>True when it was inspected and did not end the run by itself (a cost cap or deadline may still stop the run there).</summary>
    public required bool TriggeredN2 { get; init; }

    /// <summary>True for the one iteration whose answer the run keeps, as far as recorded.</summary>
    public required bool Accepted { get; init; }

    /// <summary>True when all its steps are recorded.</summary>
    public required bool Complete { get; init; }
}
