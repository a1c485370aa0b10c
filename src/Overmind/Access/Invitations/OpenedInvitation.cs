namespace Overmind.Access.Invitations;

/// <summary>An invitation as whoever has its link sees it.</summary>
/// <param name="HasAccount">Whether the address has an account: then its password is asked for, else a new one.</param>
public sealed record OpenedInvitation(string Email, string Role, string OrganizationName, string InvitedBy, bool HasAccount)
{
    internal Guid? UserId { get; init; }

    internal string? PasswordHash { get; init; }
}
