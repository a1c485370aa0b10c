using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Audit;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Audit;

public sealed class AuditTrailTests(TestPostgres postgres) : IAsyncLifetime
{
    static readonly RequestOrigin Origin = new(IPAddress.Parse("::ffff:192.0.2.7"), "curl/8 'quoted' \\ é", "req-1") { ApiKeyId = Guid.CreateVersion7() };

    static readonly AuditEntry Renamed = new()
    {
        EventType = "project.updated",
        Action = AuditAction.Update,
        ResourceType = "project",
        ResourceId = "p1",
        OldValues = new JsonObject { ["name"] = "Old" },
        NewValues = new JsonObject { ["name"] = "New" },
        Personal = new JsonObject { ["email"] = "someone@example.com" },
    };

    TestDatabase _database = null!;
    TestTenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenant = await TestTenant.CreateAsync(_database, "audited");
        await _database.ExecuteAsync("delete from audit_logs");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_act_is_recorded_in_the_name_of_the_claims_with_where_it_came_from()
    {
        await SendAsync(_tenant.User, AuditTrail.Record(Renamed, Origin));

        (await RowAsync()).ShouldBe(
            $$"""{"ip": "192.0.2.7", "key": "{{Origin.ApiKeyId}}", "new": {"name": "New"}, "old": {"name": "Old"}, "user": "{{_tenant.User.UserId}}", "agent": "curl/8 'quoted' \\ é", "event": "project.updated", "status": "success", "request": "req-1", "metadata": {}, "personal": {"email": "someone@example.com"}, "organization": "{{_tenant.OrganizationId}}"}""");
    }

    [Fact]
    public async Task What_the_claims_say_of_the_request_stands_in_the_log_when_the_statement_says_nothing()
    {
        await SendAsync(_tenant.User with { Origin = Origin }, AuditTrail.Record(Renamed, null));
        (await RowAsync()).ShouldContain("""
            "agent": "curl/8 'quoted' \\ é"
            """.Trim());
        (await RowAsync()).ShouldContain(Origin.ApiKeyId.ToString()!);
    }

    [Fact]
    public async Task Where_an_act_came_from_stays_in_its_own_transaction()
    {
        await SendAsync(_tenant.User with { Origin = Origin }, new Statement("select 1"));
        await SendAsync(_tenant.User, AuditTrail.Record(Renamed with { Personal = null }, null));
        (await _database.ScalarAsync<long>("select count(*) from audit_details")).ShouldBe(0);
    }

    [Fact]
    public async Task An_act_that_fails_leaves_no_row_that_says_it_succeeded()
    {
        await Should.ThrowAsync<PostgresException>(() => SendAsync(
            _tenant.User, AuditTrail.Record(Renamed, Origin), new Statement("insert into projects (name) values ('')")));
        (await _database.ScalarAsync<long>("select count(*) from audit_logs")).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_without_claims_is_recorded_by_the_service_alone()
    {
        await SendAsync(Claims.Service, AuditTrail.RecordAs(null, null, Renamed, Origin));
        (await _database.ScalarAsync<string>("select metadata ->> 'login' from audit_logs where organization_id is null")).ShouldEndWith("_overmind");

        (await Should.ThrowAsync<PostgresException>(() => SendAsync(
            _tenant.Admin, AuditTrail.RecordAs(Guid.CreateVersion7(), null, Renamed, Origin)))).SqlState.ShouldBe("42501");
        (await Should.ThrowAsync<PostgresException>(() => SendAsync(Claims.None, AuditTrail.Record(Renamed, Origin)))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task The_log_is_read_by_admins_and_changed_by_nobody()
    {
        await SendAsync(_tenant.User, AuditTrail.Record(Renamed, Origin));
        foreach (var table in (string[])["audit_logs", "audit_details"])
        {
            foreach (var member in (Claims[])[_tenant.User, _tenant.OtherUser, _tenant.Viewer])
                (await CountAsync(member, table)).ShouldBe(0, table);
            (await CountAsync(_tenant.Admin, table)).ShouldBe(1, table);
            foreach (var statement in (string[])[$"update {table} set created_at = now()", $"delete from {table}", $"truncate {table}", $"insert into {table} select * from {table}"])
                foreach (var role in Enum.GetValues<DatabaseRole>())
                    (await Should.ThrowAsync<PostgresException>(() => SendAsync(_tenant.Admin with { DatabaseRole = role }, new Statement(statement))))
                        .SqlState.ShouldBe("42501", statement);
        }
        (await CountAsync(_tenant.Admin, "audit_log where actor_id is not null and ip_address = '192.0.2.7'")).ShouldBe(1);
    }

    Task<string> RowAsync() => _database.ScalarAsync<string>(
        """
        select jsonb_build_object(
            'organization', l.organization_id, 'user', l.user_id, 'key', l.api_key_id, 'event', l.event_type, 'status', l.status, 'old', l.old_values,
            'new', l.new_values, 'metadata', l.metadata, 'request', l.request_id, 'ip', host(d.ip_address), 'agent', d.user_agent, 'personal', d.personal)::text
        from audit_logs l
        join audit_details d on d.id = l.id
        """);

    Task<int> CountAsync(Claims claims, string table) =>
        _database.Database.FindAsync<int>(claims, $"select count(*)::integer from {table}", [], CancellationToken.None);

    async Task SendAsync(Claims claims, params Statement[] statements)
    {
        await using var results = await _database.Database.SendAsync(claims, statements, CancellationToken.None);
        await results.CompleteAsync();
    }
}
