namespace Overmind.Client;

/// <summary>Somebody who was asked to join the organization.</summary>
public sealed record Invitation
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary><c>pending</c>, <c>accepted</c>, <c>expired</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    public required Guid InvitedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public Guid? AcceptedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
