using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Audit;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of looking at what others see: the catalogue, and tables read with a member's own claims.</summary>
public sealed class AccessViewStore(Database database)
{
    const string TablesSql = """
        select c.relname
        from pg_catalog.pg_class c
        where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p')
        and c.relrowsecurity
        order by c.relname
        """;

    const string PoliciesSql = """
        select p.policyname, p.permissive = 'PERMISSIVE', p.cmd, p.qual, p.with_check
        from pg_catalog.pg_policies p
        where p.schemaname = 'public'
        and p.tablename = $1
        order by p.permissive desc, p.policyname
        """;

    // What no member may read (a password hash, an encrypted key) is no part of what they see.
    const string ColumnsSql = """
        select a.attname
        from pg_catalog.pg_attribute a
        where a.attrelid = format('public.%I', $1::text)::regclass
        and a.attnum > 0
        and not a.attisdropped
        and has_column_privilege(a.attrelid, a.attnum, 'select')
        order by a.attnum
        """;

    const string MembersSql = """
        select user_id, display_name, role
        from organization_members
        where left_at is null
        order by display_name, user_id
        limit 1000
        """;

    internal Task<IReadOnlyList<string>> TablesAsync(Claims claims, CancellationToken cancellationToken) =>
        database.ListAsync<string>(claims, TablesSql, [], cancellationToken);

    internal Task<IReadOnlyList<AccessMember>> MembersAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement(MembersSql), row => new AccessMember(row.GetGuid(0), row.GetString(1), row.Word<OrganizationRole>(2)), cancellationToken);

    internal Task<IReadOnlyList<TablePolicy>> PoliciesAsync(Claims claims, string table, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement(PoliciesSql, table),
        row => new TablePolicy(row.GetString(0), row.GetBoolean(1), row.GetString(2), row.Text(3), row.Text(4)), cancellationToken);

    /// <summary>That it is looked at is recorded first, in the name of who looks.</summary>
    internal async Task<AccessView> ViewAsync(Claims admin, AccessMember member, string table, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            EventType = "access.viewed",
            Action = AuditAction.Read,
            ResourceType = "access",
            ResourceId = table,
            Metadata = new JsonObject { ["user_id"] = member.UserId.ToString() },
        };
        IReadOnlyList<string> columns;
        await using (var looked = await database.SendAsync(admin, [AuditTrail.Record(entry, null), new Statement(ColumnsSql, table)], cancellationToken))
        {
            await looked.FindAsync(row => row.GetGuid(0));
            columns = await looked.ListAsync(row => row.GetString(0));
        }

        var name = Quoted(table);
        var newest = columns.Contains("id") ? "id" : columns.Contains("created_at") ? "created_at" : "1";
        await using var results = await database.SendAsync(
            new Claims(admin.OrganizationId, member.UserId, member.Role),
            [
                new($"select count(*)::integer from (select from public.{name} limit {AccessView.MostCounted}) as seen"),
                new($"select to_jsonb(r)::text from (select {string.Join(", ", columns.Select(Quoted))} from public.{name} order by {newest} desc limit 20) as r"),
            ],
            cancellationToken);
        var count = await results.FindAsync(row => row.GetInt32(0));
        return new AccessView(count, await results.ListAsync(row => row.GetString(0)));
    }

    static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);
}
