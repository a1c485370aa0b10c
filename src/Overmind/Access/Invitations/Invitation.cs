using Overmind.Postgres;

namespace Overmind.Access.Invitations;

/// <summary>Somebody who was asked to join the organization.</summary>
public sealed record Invitation
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>invitation</c>.</summary>
    public string Object { get; } = "invitation";

    public required string Email { get; init; }

    /// <summary>What they will be: admin, user or viewer.</summary>
    public required string Role { get; init; }

    public required InvitationStatus Status { get; init; }

    /// <summary>Who asked.</summary>
    public required Guid InvitedBy { get; init; }

    /// <summary>Until when the link is good.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The member they became.</summary>
    public Guid? AcceptedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
