namespace Overmind.Client;

/// <summary>Whose key or access token a client uses.</summary>
public sealed record Me
{
    public required Guid OrganizationId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What the member may do, by role and by grant: <c>members.manage</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Null: it is an access token.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The session of the access token; null: it is a key, or a token of an identity provider.</summary>
    public Guid? SessionId { get; init; }

    /// <summary><c>read</c>, <c>write</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
