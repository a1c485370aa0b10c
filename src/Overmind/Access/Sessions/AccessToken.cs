namespace Overmind.Access.Sessions;

/// <summary>What a verified access token says.</summary>
/// <param name="OrganizationId">The organization the session acted in when the token was made.</param>
sealed record AccessToken(Guid SessionId, Guid UserId, Guid OrganizationId, DateTimeOffset ExpiresAt);
