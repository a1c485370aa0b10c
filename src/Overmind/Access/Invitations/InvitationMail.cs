namespace Overmind.Access.Invitations;

/// <summary>What the mail of an invitation says.</summary>
sealed record InvitationMail(string Email, string Role, string OrganizationName, string InvitedBy);
