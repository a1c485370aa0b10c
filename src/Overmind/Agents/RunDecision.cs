namespace Overmind.Agents;

/// <summary>What somebody decided on an iteration for which a run waited.</summary>
public sealed record RunDecision
{
    public required int Iteration { get; init; }

    /// <summary><c>approved</c> or <c>rejected</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>In the words of whoever decided; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>What the iteration repairs instead of what the judge named; null: as the judge named it.</summary>
    public string? Directive { get; init; }

    /// <summary>Who decided.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}
