using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>What came of a refresh token.</summary>
/// <param name="Outcome">As <c>overmind.refresh_session</c> says it.</param>
/// <param name="Claims">Null unless it was refreshed.</param>
/// <param name="Salt">Of the successor.</param>
sealed record Refreshed(string Outcome, Guid? SessionId, Guid? UserId, Claims? Claims, byte[]? Salt);
