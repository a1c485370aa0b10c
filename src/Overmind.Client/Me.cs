namespace Overmind.Client;

/// <summary>Whose key a client uses.</summary>
public sealed record Me
{
    public required Guid OrganizationId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What the member may do, by role and by grant: <c>members.manage</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    public required Guid ApiKeyId { get; init; }

    /// <summary><c>read</c>, <c>write</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
