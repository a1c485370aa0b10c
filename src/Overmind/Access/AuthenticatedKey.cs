using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>A key that may be used, and the member it acts for.</summary>
public sealed record AuthenticatedKey(Guid ApiKeyId, Claims Claims, ApiKeyScopes Scopes, DateTimeOffset? ExpiresAt);
