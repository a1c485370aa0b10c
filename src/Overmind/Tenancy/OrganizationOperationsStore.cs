using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of the operator and of the installation's jobs: functions for the service alone.</summary>
public sealed class OrganizationOperationsStore(Database database)
{
    const string Columns = """
        (o.organization).id, (o.organization).name, (o.organization).slug, (o.organization).plan, (o.organization).status,
        (o.organization).suspended_at, (o.organization).suspension_reason, (o.organization).cancelled_at, (o.organization).ends_at,
        (o.organization).monthly_query_limit, (o.organization).monthly_token_limit, (o.organization).max_users,
        (o.organization).enabled_features, (o.organization).experimental_features, (o.organization).created_at,
        (o.organization).updated_at, (o.organization).deleted_at, (o.organization).timezone, o.members
        """;

    const string ListSql = $"select {Columns} from overmind.list_organizations($1) as o";

    const string FoundSql = $"select {Columns} from overmind.list_organizations($1::text) as o";

    internal Task<IReadOnlyList<Organization>> ListAsync(string? which, CancellationToken cancellationToken) =>
        database.ListAsync(Claims.Service, new Statement(ListSql, Parameter.Text(which)), OrganizationStore.Map, cancellationToken);

    internal async Task<Organization> InsertAsync(string name, string slug, string email, CancellationToken cancellationToken)
    {
        var create = new Statement("select count(*) from overmind.create_organization($1, $2, $3, $4, null)", name, slug, email, email.Split('@')[0]);
        await using var results = await database.SendAsync(Claims.Service, [create, new Statement(FoundSql, slug)], cancellationToken);
        await results.FindAsync<long>();
        return (await results.ListAsync(OrganizationStore.Map)).Single(made => made.DeletedAt is null);
    }

    internal Task<Organization?> LimitAsync(Guid id, OrganizationLimits limits, CancellationToken cancellationToken) =>
        ChangeAsync(id, new Statement("select count(*) from overmind.set_organization_limits($1, $2::jsonb)", id, limits.Changes()), cancellationToken);

    internal Task<Organization?> ChangeStateAsync(Guid id, string state, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, new Statement("select count(*) from overmind.set_organization_state($1, $2, $3)", id, state, Parameter.Text(reason)), cancellationToken);

    internal Task<Subscription?> SetTierAsync(Guid organizationId, Guid userId, string tier, CancellationToken cancellationToken) =>
        database.FindAsync(
            Claims.Service, new Statement($"{SubscriptionStore.SelectSql} from overmind.set_tier($1, $2, $3) as s {SubscriptionStore.JoinSql}", organizationId, userId, tier),
            SubscriptionStore.Map, cancellationToken);

    internal Task<SubscriptionTier?> ChangeTierAsync(string tier, SubscriptionTierPatch patch, CancellationToken cancellationToken) =>
        database.FindAsync(
            Claims.Service, new Statement($"select {SubscriptionStore.TierColumns} from overmind.set_subscription_tier($1, $2::jsonb) as t", tier, patch.Changes()),
            SubscriptionStore.MapTier, cancellationToken);

    internal Task<IReadOnlyList<Guid>> ToPurgeAsync(DateTimeOffset deletedBefore, CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_to_purge($1)", [deletedBefore.UtcDateTime], cancellationToken);

    /// <summary>Whether nothing is left of it.</summary>
    internal Task<bool> PurgeAsync(Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<bool>(Claims.Service, "select overmind.purge_organization($1)", [id], cancellationToken);

    internal Task<int> EndCancelledAsync(CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, "select overmind.end_cancelled_organizations()", [], cancellationToken);

    internal Task<int> RollSubscriptionsAsync(int limit, CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, "select overmind.roll_subscriptions($1)", [limit], cancellationToken);

    // What it is afterwards is read in the same transaction.
    async Task<Organization?> ChangeAsync(Guid id, Statement change, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(Claims.Service, [change, new Statement(FoundSql, id.ToString())], cancellationToken);
        await results.FindAsync<long>();
        return await results.FindAsync(OrganizationStore.Map);
    }
}
