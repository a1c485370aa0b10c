namespace Overmind.Tenancy;

/// <summary>A company or team: the tenant.</summary>
public sealed record Organization
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>organization</c>.</summary>
    public string Object { get; } = "organization";

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its short name, unique in the installation.</summary>
    public required string Slug { get; init; }

    /// <summary>Time zone in which its days and months begin, by its IANA name.</summary>
    public required string Timezone { get; init; }

    public required OrganizationPlan Plan { get; init; }

    public required OrganizationStatus Status { get; init; }

    /// <summary>Since when it is suspended; null while it is not.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Why it is suspended, where the operator says so.</summary>
    public string? SuspensionReason { get; init; }

    /// <summary>When it was cancelled; null while it is not.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>When a cancelled one is suspended.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Runs a month; null: no limit.</summary>
    public int? MonthlyQueryLimit { get; init; }

    /// <summary>Tokens a month; null: no limit.</summary>
    public long? MonthlyTokenLimit { get; init; }

    /// <summary>Members at a time; null: no limit.</summary>
    public int? MaxUsers { get; init; }

    /// <summary>Members at present.</summary>
    public required long MemberCount { get; init; }

    /// <summary>Features that are switched on for it.</summary>
    public required IReadOnlyList<string> EnabledFeatures { get; init; }

    /// <summary>Features that it tries before others.</summary>
    public required IReadOnlyList<string> ExperimentalFeatures { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted; null while it is not. 30 days later it is gone for good.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
