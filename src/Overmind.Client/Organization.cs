namespace Overmind.Client;

/// <summary>A company or team: the tenant.</summary>
public sealed record Organization
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    /// <summary>Time zone in which its days and months begin, by its IANA name.</summary>
    public string Timezone { get; init; } = "UTC";

    /// <summary><c>free</c>, <c>pro</c> or <c>enterprise</c>.</summary>
    public required string Plan { get; init; }

    /// <summary><c>active</c>, <c>suspended</c> or <c>cancelled</c>; what is not active can be read, and nothing in it written.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public string? SuspensionReason { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>When a cancelled one is suspended.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Runs a month; null: no limit.</summary>
    public int? MonthlyQueryLimit { get; init; }

    /// <summary>Null: no limit.</summary>
    public long? MonthlyTokenLimit { get; init; }

    /// <summary>Members at a time; null: no limit.</summary>
    public int? MaxUsers { get; init; }

    public required long MemberCount { get; init; }

    public required IReadOnlyList<string> EnabledFeatures { get; init; }

    public required IReadOnlyList<string> ExperimentalFeatures { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }
}
