using System.Text.Json.Nodes;
using Overmind.Postgres;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>What each role sees of each table, and that it is the same however the claims come.</summary>
public class RoleMatrixTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    // For admins, and whoever was granted it; all else follows from who owns a row and whether it is visible.
    static readonly string[] ForAdmins = ["audit_details", "audit_logs", "invitations", "webhook_deliveries", "webhook_endpoints"];

    static readonly string[] Shared = ["organizations", "users"];

    [Fact]
    public async Task Each_role_sees_of_each_table_its_own_rows_what_is_visible_and_an_admin_all_of_the_organization()
    {
        foreach (var table in data.TenantTables)
        {
            var all = await ExpectedAsync(table, "true");
            (await CountAsync(data.First.Admin, table)).ShouldBe(all, $"admin, {table}");
            foreach (var member in (Claims[])[data.First.User, data.First.OtherUser, data.First.Viewer])
                (await CountAsync(member, table)).ShouldBe(
                    ForAdmins.Contains(table) ? 0 : await ExpectedAsync(table, await VisibleAsync(table, member.UserId!.Value)), $"{member.Role}, {table}");
        }
    }

    [Theory]
    [InlineData("webhooks.manage", "webhook_endpoints", "webhook_deliveries")]
    [InlineData("members.manage", "invitations")]
    [InlineData("audit.read", "audit_logs", "audit_details")]
    public async Task Who_was_granted_what_admins_see_sees_all_of_it_and_nothing_else_of_theirs(string permission, params string[] tables)
    {
        var granted = data.First.OtherUser;
        await GrantAsync($"[\"{permission}\"]");
        try
        {
            foreach (var table in ForAdmins)
                (await CountAsync(granted, table)).ShouldBe(tables.Contains(table) ? await ExpectedAsync(table, "true") : 0, table);
        }
        finally
        {
            await GrantAsync("[]");
        }

        Task GrantAsync(string permissions) => data.Database.ExecuteAsync(
            "update organization_members set permissions = $3::jsonb where organization_id = $1 and user_id = $2", granted.OrganizationId!.Value, granted.UserId!.Value, permissions);
    }

    [Fact]
    public async Task The_anonymous_see_nothing_and_the_service_no_more_than_its_claims()
    {
        foreach (var table in data.TenantTables.Concat(Shared))
        {
            (await CountAsync(Claims.None with { DatabaseRole = DatabaseRole.Anon }, table)).ShouldBe(0, $"anon, {table}");
            (await CountAsync(Claims.None, table)).ShouldBe(0, $"without claims, {table}");
            (await CountAsync(Claims.Service, table)).ShouldBe(0, $"service, {table}");
            foreach (var role in Enum.GetValues<DatabaseRole>())
                (await CountAsync(data.First.User with { DatabaseRole = role }, table)).ShouldBe(await CountAsync(data.First.User, table), $"{role}, {table}");
        }
    }

    [Fact]
    public async Task Supabases_claims_show_the_same_rows_as_the_servers()
    {
        foreach (var member in (Claims[])[data.First.Admin, data.First.User, data.First.Viewer, data.Second.OtherUser])
            foreach (var role in (string[])["authenticated", "service_role", "anon"])
                foreach (var (table, count) in await BySupabaseAsync(role, member, data.TenantTables.Concat(Shared).Append("sessions")))
                    count.ShouldBe(await CountAsync(member, table), $"{role}, {member.Role}, {table}");
    }

    [Fact]
    public async Task Supabases_claims_without_an_organization_show_no_rows_of_any()
    {
        foreach (var role in (string[])["authenticated", "service_role", "anon"])
            foreach (var (table, count) in await BySupabaseAsync(role, Claims.None, data.TenantTables.Concat(Shared).Append("sessions")))
                count.ShouldBe(0, $"{role}, {table}");
    }

    /// <summary>How many rows of each table a client sees that sets Supabase's claims.</summary>
    async Task<IReadOnlyList<(string Table, long Count)>> BySupabaseAsync(string role, Claims member, IEnumerable<string> tables)
    {
        var claims = new JsonObject { ["role"] = role };
        if (member.UserId is { } user) claims["sub"] = user;
        if (member.OrganizationId is { } organization) (claims["org_id"], claims["org_role"]) = (organization, LowerSnake.Write(member.Role!.Value));
        await using var connection = await data.Database.Direct.OpenConnectionAsync();
        await ExecuteAsync(connection, "begin");
        await ExecuteAsync(connection, $"set local role {role}");
        await ExecuteAsync(connection, $"set local request.jwt.claims = '{claims.ToJsonString()}'");
        var counts = new List<(string, long)>();
        foreach (var table in tables)
        {
            await using var command = new Npgsql.NpgsqlCommand($"select count(*) from {table}", connection);
            counts.Add((table, (long)(await command.ExecuteScalarAsync())!));
        }
        return counts;
    }

    static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // users shows only some of its columns, and no role counts by the others.
    Task<long> CountAsync(Claims claims, string table) =>
        data.Database.Database.FindAsync<long>(claims, $"select count(*) from {table}", [], CancellationToken.None);

    Task<long> ExpectedAsync(string table, string condition) => data.Database.ScalarAsync<long>(
        $"select count(*) from {table} where organization_id = $1 and ({condition})", data.First.OrganizationId);

    async Task<string> VisibleAsync(string table, Guid user)
    {
        if (!data.Owners.TryGetValue(table, out var owner))
            return "true";
        var hasVisibility = await data.Database.ScalarAsync<bool>(
            "select exists (select from pg_attribute where attrelid = $1::regclass and attname = 'visibility' and not attisdropped)", $"public.{table}");
        return $"{owner} = '{user}'" + (hasVisibility ? " or visibility = 'organization'" : "");
    }
}
