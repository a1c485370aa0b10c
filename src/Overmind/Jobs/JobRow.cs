using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>A job as <see cref="JobStore"/> reads it.</summary>
sealed record JobRow
{
    public const string Columns = "id, organization_id, user_id, kind, payload, priority, run_at, attempt_count, max_attempts, lease_token, metadata ? 'schedule_id' as is_scheduled";

    public Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? UserId { get; init; }

    public string Kind { get; init; } = "";

    public string Payload { get; init; } = "";

    public short Priority { get; init; }

    public DateTimeOffset RunAt { get; init; }

    public int AttemptCount { get; init; }

    public int MaxAttempts { get; init; }

    public long LeaseToken { get; init; }

    public bool IsScheduled { get; init; }

    /// <summary>By place: a batch of hundreds is read by name no faster than it was claimed.</summary>
    public static Job Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        OrganizationId = row.Value<Guid>(1),
        UserId = row.Value<Guid>(2),
        Kind = row.GetString(3),
        Payload = row.Json(4).Parse(),
        Priority = row.GetInt16(5),
        RunAt = row.Time(6),
        AttemptCount = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LeaseToken = row.GetInt64(9),
        IsScheduled = row.GetBoolean(10),
    };

    public Job ToJob() => new()
    {
        Id = Id,
        OrganizationId = OrganizationId,
        UserId = UserId,
        Kind = Kind,
        Payload = JsonElement.Parse(Payload),
        Priority = Priority,
        RunAt = RunAt,
        AttemptCount = AttemptCount,
        MaxAttempts = MaxAttempts,
        LeaseToken = LeaseToken,
        IsScheduled = IsScheduled,
    };
}
