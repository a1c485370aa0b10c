namespace Overmind.WebConsole.Agents;

/// <summary>One iteration as the page shows it; what is not known yet is null or empty.</summary>
public sealed record IterationViewModel
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>0 to 10; null when it is not inspected yet, or unscored.</summary>
    public double? Score { get; init; }

    /// <summary>True once it is inspected and no verdict could be read.</summary>
    public bool IsUnscored { get; init; }

    /// <summary>True when its steps are all done.</summary>
    public bool IsComplete { get; init; }

    /// <summary>True for the one whose answer the run keeps, as things stand.</summary>
    public bool IsKept { get; init; }

    public string? Rationale { get; init; }

    /// <summary>The core insights of the distilled answers.</summary>
    public IReadOnlyList<string> Insights { get; init; } = [];

    /// <summary>What the next iteration was asked to repair; null when none follows.</summary>
    public string? RepairDirective { get; init; }

    /// <summary>True when another iteration follows this one.</summary>
    public bool HasNext { get; init; }
}
