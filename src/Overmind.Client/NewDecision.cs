namespace Overmind.Client;

/// <summary>A decision on the iteration that a run waits for.</summary>
public sealed record NewDecision
{
    /// <summary>The iteration that is meant, so that no later one is decided on by mistake. Default: the one it waits for.</summary>
    public int? Iteration { get; init; }

    /// <summary>1 to 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>What the iteration is to repair instead of what the judge named, 1 to 10,000 characters; for an approval.</summary>
    public string? Directive { get; init; }
}
