using System.Text.Json.Nodes;

namespace Overmind.Usage;

/// <summary>A sum of usage that is not what the ledger adds up to.</summary>
/// <param name="Dimension">organization, user, model, operation or project.</param>
/// <param name="Grain">hour (UTC) or day (of the organization).</param>
/// <param name="Hour">0 to 23; null for days.</param>
/// <param name="Of">The member, model, operation or project; null for the organization.</param>
/// <param name="LatencyBucket">The bucket, where it is the histogram that differs.</param>
/// <param name="Ledger">What the ledger adds up to; nulls where it has nothing.</param>
/// <param name="RolledUp">What the sums say.</param>
sealed record UsageDifference(
    Guid OrganizationId, string Dimension, string Grain, DateOnly Date, int? Hour, string? Of, int? LatencyBucket, JsonNode? Ledger, JsonNode? RolledUp);
