using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>What a member has cost since the first of the organization's month, beside the limit of their tier.</summary>
/// <param name="TierName">Null when they have none.</param>
/// <param name="Runs">That they asked for.</param>
/// <param name="Tokens">In and out.</param>
/// <param name="CostUsd">In US dollars, not rounded (a decimal string in JSON).</param>
/// <param name="IsOverLimit">Of a tier that costs nothing; who pays for a tier uses much.</param>
public sealed record MemberCost(
    Guid UserId,
    string DisplayName,
    string? TierName,
    long Runs,
    decimal Tokens,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] decimal CostUsd,
    bool IsOverLimit);
