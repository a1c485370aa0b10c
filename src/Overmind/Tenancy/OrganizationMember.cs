using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>A person in an organization.</summary>
public sealed record OrganizationMember
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>member</c>.</summary>
    public string Object { get; } = "member";

    public required Guid UserId { get; init; }

    /// <summary>Name that the other members see, 1 to 255 characters.</summary>
    public required string DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    /// <summary>By its IANA name.</summary>
    public required string Timezone { get; init; }

    public required OrganizationRole Role { get; init; }

    /// <summary>Beyond those of the role.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>For who manages members, and oneself; else null.</summary>
    public string? Email { get; init; }

    /// <summary>For who manages members, and oneself; else null.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>When they last did something here; up to a minute late. Null: never.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When they left; null while they are a member.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}
