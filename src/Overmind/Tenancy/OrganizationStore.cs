using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of organizations, as their members see them.</summary>
public sealed class OrganizationStore(Database database)
{
    internal const string SlugKey = "organizations_slug_key";

    const string Columns = """
        o.id, o.name, o.slug, o.plan, o.status, o.suspended_at, o.suspension_reason, o.cancelled_at, o.ends_at, o.monthly_query_limit,
        o.monthly_token_limit, o.max_users, o.enabled_features, o.experimental_features, o.created_at, o.updated_at, o.deleted_at,
        o.timezone
        """;

    const string MemberCount = "(select count(*) from organization_members m where m.organization_id = o.id and m.left_at is null)";

    const string FindSql = $"select {Columns}, {MemberCount} from organizations o where o.id = overmind.org_id()";

    const string UpdateSql = $"""
        update organizations o
        set name = coalesce($1, o.name),
            slug = coalesce($2, o.slug),
            enabled_features = coalesce($3, o.enabled_features),
            experimental_features = coalesce($4, o.experimental_features),
            timezone = coalesce($6, o.timezone)
        where o.id = overmind.org_id()
        and ($5::timestamptz is null or o.updated_at = $5)
        returning {Columns}, {MemberCount}
        """;

    const string StateSql = $"select {Columns}, {MemberCount} from overmind.change_own_organization($1) as o";

    const string CreateSql = "select overmind.create_own_organization($1, $2, $3)";

    const string MembershipsSql = "select id, name, slug, plan, status, role, permissions::text, created_at from overmind.my_organizations()";

    internal async Task<Organization> GetAsync(Claims claims, CancellationToken cancellationToken) =>
        (await database.FindAsync(claims, new Statement(FindSql), Map, cancellationToken))!;

    /// <summary>Null when it has changed since <paramref name="unchangedSince"/>.</summary>
    internal Task<Organization?> UpdateAsync(
        Claims claims, OrganizationPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            UpdateSql,
            Parameter.Text(patch.Name),
            Parameter.Text(patch.Slug),
            Parameter.Texts(patch.EnabledFeatures),
            Parameter.Texts(patch.ExperimentalFeatures),
            Parameter.Time(unchangedSince),
            Parameter.Text(patch.Timezone)), Map, cancellationToken);

    /// <summary>Null when the caller may not bring it into that state from the one it is in.</summary>
    /// <param name="state">active, cancelled or deleted.</param>
    internal Task<Organization?> ChangeStateAsync(Claims claims, string state, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(StateSql, state), Map, cancellationToken);

    /// <summary>Null when the caller is no person.</summary>
    internal Task<Guid?> InsertAsync(Claims claims, Guid id, string name, string slug, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(CreateSql, id, name, slug), row => row.Value<Guid>(0), cancellationToken);

    internal Task<IReadOnlyList<Membership>> MembershipsAsync(Claims claims, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(MembershipsSql), row => new Membership
        {
            Id = row.GetGuid(0),
            Name = row.GetString(1),
            Slug = row.GetString(2),
            Plan = row.Word<OrganizationPlan>(3),
            Status = row.Word<OrganizationStatus>(4),
            Role = row.Word<OrganizationRole>(5),
            Permissions = PermissionSet.Read(row.GetString(6)).Members(),
            IsCurrent = row.GetGuid(0) == claims.OrganizationId,
            CreatedAt = row.Time(7),
        }, cancellationToken);

    internal static Organization Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        Slug = row.GetString(2),
        Plan = row.Word<OrganizationPlan>(3),
        Status = row.Word<OrganizationStatus>(4),
        SuspendedAt = row.IsDBNull(5) ? null : row.Time(5),
        SuspensionReason = row.Text(6),
        CancelledAt = row.IsDBNull(7) ? null : row.Time(7),
        EndsAt = row.IsDBNull(8) ? null : row.Time(8),
        MonthlyQueryLimit = row.Value<int>(9),
        MonthlyTokenLimit = row.Value<long>(10),
        MaxUsers = row.Value<int>(11),
        EnabledFeatures = row.GetFieldValue<string[]>(12),
        ExperimentalFeatures = row.GetFieldValue<string[]>(13),
        CreatedAt = row.Time(14),
        UpdatedAt = row.Time(15),
        DeletedAt = row.IsDBNull(16) ? null : row.Time(16),
        Timezone = row.GetString(17),
        MemberCount = row.GetInt64(18),
    };
}
