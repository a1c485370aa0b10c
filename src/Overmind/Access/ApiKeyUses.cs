namespace Overmind.Access;

/// <summary>Uses of a key to be added to its count.</summary>
sealed record ApiKeyUses(Guid OrganizationId, Guid ApiKeyId, long Count, DateTimeOffset LastUsedAt);
