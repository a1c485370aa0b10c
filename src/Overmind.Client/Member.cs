namespace Overmind.Client;

/// <summary>A person in an organization.</summary>
public sealed record Member
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    /// <summary>By its IANA name.</summary>
    public required string Timezone { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Beyond those of the role.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>For who may <c>members.manage</c>, and oneself.</summary>
    public string? Email { get; init; }

    /// <summary>For who may <c>members.manage</c>, and oneself.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Up to a minute late.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? LeftAt { get; init; }
}
