using System.Text.Json;

namespace Overmind.Jobs;

/// <summary>A job as <see cref="JobStore"/> reads it.</summary>
sealed record JobRow
{
    public const string Columns = "id, organization_id, user_id, kind, payload, attempt_count, max_attempts, lease_token";

    public Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? UserId { get; init; }

    public string Kind { get; init; } = "";

    public string Payload { get; init; } = "";

    public int AttemptCount { get; init; }

    public int MaxAttempts { get; init; }

    public long LeaseToken { get; init; }

    public Job ToJob() => new()
    {
        Id = Id,
        OrganizationId = OrganizationId,
        UserId = UserId,
        Kind = Kind,
        Payload = JsonElement.Parse(Payload),
        AttemptCount = AttemptCount,
        MaxAttempts = MaxAttempts,
        LeaseToken = LeaseToken,
    };
}
