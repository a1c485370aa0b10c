namespace Overmind.Client;

/// <summary>What a member has cost since the first of the organization's month, beside the limit of their tier.</summary>
public sealed record MemberCost
{
    public required Guid UserId { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Null when they have none.</summary>
    public string? TierName { get; init; }

    /// <summary>That they asked for.</summary>
    public required long Runs { get; init; }

    /// <summary>In and out.</summary>
    public required decimal Tokens { get; init; }

    /// <summary>In US dollars.</summary>
    public required decimal CostUsd { get; init; }

    /// <summary>Of a tier that costs nothing; who pays for a tier uses much.</summary>
    public required bool IsOverLimit { get; init; }
}
