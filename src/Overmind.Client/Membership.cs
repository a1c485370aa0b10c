namespace Overmind.Client;

/// <summary>An organization that a person belongs to, and as what.</summary>
public sealed record Membership
{
    /// <summary>The organization's.</summary>
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Plan { get; init; }

    public required string Status { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Beyond those of the role.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Whether the key belongs to it.</summary>
    public required bool IsCurrent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
