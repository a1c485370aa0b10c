using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>An organization that a person belongs to, and as what.</summary>
public sealed record Membership
{
    /// <summary>The organization's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>membership</c>.</summary>
    public string Object { get; } = "membership";

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required OrganizationPlan Plan { get; init; }

    public required OrganizationStatus Status { get; init; }

    public required OrganizationRole Role { get; init; }

    /// <summary>Beyond those of the role.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>Whether it is the organization of the claims.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>When the organization was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
