using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>Reports of what was used: an admin's are of the organization, a member's of themselves.</summary>
public sealed class UsageService(UsageStore store, TimeProvider time)
{
    /// <summary>Members who have cost more this month than their tier allows, the dearest first; as far as the caller sees them.</summary>
    public Task<IReadOnlyList<MemberCost>> OverLimitAsync(Claims claims, CancellationToken cancellationToken) => store.OverLimitAsync(claims, cancellationToken);

    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>, <see cref="ErrorCode.Forbidden"/>: of another member, and the caller is no admin.</exception>
    public async Task<UsageReport> ReportAsync(Claims claims, UsageQuery query, CancellationToken cancellationToken)
    {
        if (claims.Role != OrganizationRole.Admin)
        {
            if (query.UserId is { } user && user != claims.UserId)
                throw new OvermindException(ErrorCode.Forbidden, "What another member used is for admins.");
            query = query with { UserId = claims.UserId };
        }

        var (since, until) = query.Range(time.GetUtcNow());
        var (zone, spans) = await store.ReportAsync(claims, query, since, until, cancellationToken);
        return new UsageReport
        {
            BucketWidth = query.BucketWidth,
            GroupBy = query.GroupBy,
            Timezone = zone,
            Data = spans,
        };
    }
}
