using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>A session that is in force.</summary>
/// <param name="Claims">Its person in the organization that was asked for; null when they are no member there.</param>
sealed record SessionStanding(Claims? Claims, DateTimeOffset ExpiresAt);
