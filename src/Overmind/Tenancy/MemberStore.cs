using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of an organization's members.</summary>
public sealed class MemberStore(Database database)
{
    const string Select = """
        select
            m.id, m.user_id, m.display_name, m.avatar_url, m.timezone, m.role, m.permissions::text, a.email, a.last_login_at, m.last_active_at, m.created_at,
            m.updated_at, m.left_at
        """;

    const string Addresses = "left join overmind.member_addresses() as a on a.user_id = m.user_id";

    const string FindSql = $"{Select} from organization_members m {Addresses} where m.id = $1 and m.left_at is null";

    const string UpdateSql = $"""
        with m as (
            update organization_members
            set display_name = coalesce($2, display_name),
                role = coalesce($3, role),
                permissions = coalesce($4::jsonb, permissions)
            where id = $1
            and left_at is null
            and ($5::timestamptz is null or updated_at = $5)
            returning *
        )
        {Select}
        from m
        {Addresses}
        """;

    const string ExistsSql = "select count(*) from organization_members where id = $1 and left_at is null";

    const string RemoveSql = "select count(*) from overmind.remove_member($1)";

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<OrganizationMember>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        var sql = $"""
            {Select}
            from organization_members m
            {Addresses}
            where m.left_at is null
            and ($2::uuid is null or m.id {(page.ReadsUpwards ? ">" : "<")} $2){CreatedRange.And(page.CreatedAt, parameters, "m.created_at")}
            order by m.id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    internal Task<OrganizationMember?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id), Map, cancellationToken);

    /// <summary>The member as changed, or null; and whether there is such a member, changed or not.</summary>
    internal async Task<(OrganizationMember? Changed, bool Exists)> UpdateAsync(
        Claims claims, Guid id, MemberPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql,
            id,
            Parameter.Text(patch.DisplayName),
            Parameter.Text(patch.Role is { } role ? LowerSnake.Write(role) : null),
            Parameter.Text(patch.Permissions is { } permissions
                ? JsonSerializer.Serialize(permissions.Distinct().Select(PermissionCatalogue.Name))
                : null),
            Parameter.Time(unchangedSince));
        await using var results = await database.SendAsync(claims, [update, new Statement(ExistsSql, id)], cancellationToken);
        return (await results.FindAsync(Map), await results.FindAsync<long>() > 0);
    }

    /// <summary>Whether there was such a member whom the caller may remove.</summary>
    internal async Task<bool> RemoveAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.FindAsync<long>(claims, RemoveSql, [id], cancellationToken) > 0;

    static OrganizationMember Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        DisplayName = row.GetString(2),
        AvatarUrl = row.Text(3),
        Timezone = row.GetString(4),
        Role = row.Word<OrganizationRole>(5),
        Permissions = PermissionSet.Read(row.GetString(6)).Members(),
        Email = row.Text(7),
        LastLoginAt = row.IsDBNull(8) ? null : row.Time(8),
        LastActiveAt = row.IsDBNull(9) ? null : row.Time(9),
        CreatedAt = row.Time(10),
        UpdatedAt = row.Time(11),
        LeftAt = row.IsDBNull(12) ? null : row.Time(12),
    };
}
