using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>Tiers, and who has which. A higher one holds at once, a lower one from the end of the period.</summary>
public sealed class SubscriptionService(SubscriptionStore store)
{
    /// <summary>The lowest first.</summary>
    public Task<IReadOnlyList<SubscriptionTier>> TiersAsync(Claims claims, CancellationToken cancellationToken) => store.TiersAsync(claims, cancellationToken);

    /// <param name="userId">Others than oneself: for who manages subscriptions.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemberNotFound"/>; <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Subscription> GetAsync(Claims claims, Guid userId, CancellationToken cancellationToken)
    {
        if (userId != claims.UserId) claims.Ensure(Permission.SubscriptionsManage);
        return await store.FindAsync(claims, userId, cancellationToken) ?? throw NotFound();
    }

    /// <summary>Changes a tier to one that is offered; to the one they have takes a change back that waits for the end of the period.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.MemberNotFound"/>; <see cref="ErrorCode.Forbidden"/>, also for a tier that the operator alone gives; <see cref="ErrorCode.InvalidValue"/>: there is no such tier.
    /// </exception>
    public async Task<Subscription> ChangeAsync(Claims claims, Guid userId, string tier, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var current = await GetAsync(claims, userId, cancellationToken);
        var wanted = (await store.TiersAsync(claims, cancellationToken)).FirstOrDefault(known => known.TierName == tier)
            ?? throw new OvermindException(ErrorCode.InvalidValue, "There is no such tier; GET /v1/tiers lists them.", "tier");
        if (!wanted.IsOffered && current.Tier != tier)
            throw new OvermindException(ErrorCode.Forbidden, $"The tier {tier} is given by the operator of the installation alone.", "tier");
        return await store.ChangeAsync(claims, userId, tier, cancellationToken) ?? throw NotFound();
    }

    static OvermindException NotFound() => new(ErrorCode.MemberNotFound, "There is no such member, or they have no subscription.");
}
