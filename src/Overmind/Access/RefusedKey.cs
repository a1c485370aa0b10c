namespace Overmind.Access;

/// <summary>A key that was one of a member and is in force no longer: revoked, expired, or the member has left.</summary>
public sealed record RefusedKey(Guid OrganizationId, Guid ApiKeyId, Guid UserId);
