using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Calls that are reserved together: of all of them the same budgets hold, in the same order, so that two such transactions never wait for each other.
/// </summary>
/// <param name="Caller">What the database is told of whoever asks; not the request, of which each call has its own.</param>
sealed record CallGroup(Claims Caller, ModelReference Model, string Operation, Guid? ConversationId)
{
    public static CallGroup Of(Claims claims, ReservedCall call) => new(CallerOf(claims), call.Model, call.Operation, call.ConversationId);

    /// <summary>As the service, which alone writes the ledger.</summary>
    public static Claims CallerOf(Claims claims) => new(claims.OrganizationId, claims.UserId, claims.Role)
    {
        DatabaseRole = DatabaseRole.ServiceRole,
        Origin = claims.Origin is { } origin ? new RequestOrigin(null, null, null) { ApiKeyId = origin.ApiKeyId, IsScheduled = origin.IsScheduled } : null,
    };
}
