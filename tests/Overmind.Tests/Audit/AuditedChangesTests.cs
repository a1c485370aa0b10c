using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Audit;

/// <summary>Changes that the database audits by itself, whoever makes them.</summary>
public sealed class AuditedChangesTests(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase _database = null!;
    TestTenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenant = await TestTenant.CreateAsync(_database, "watched");
        await _database.ExecuteAsync("delete from audit_logs");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task System_agents_and_workflows_are_nobodys_act()
    {
        await TestTenant.CreateAsync(_database, "another");
        (await ActsAsync()).ShouldAllBe(act => !act.StartsWith("agent.", StringComparison.Ordinal) && !act.StartsWith("workflow.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_api_key_is_followed_from_its_making_to_its_end()
    {
        await RunAsync(_tenant.User, "insert into api_keys (name, key_hash, key_prefix) values ('Key', repeat('a', 64), 'sk_live_12345678')");
        await RunAsync(_tenant.User, "update api_keys set name = 'Other'");
        await RunAsync(_tenant.User, "update api_keys set usage_count = 7, last_used_at = now()");
        await RunAsync(_tenant.User, "update api_keys set is_active = false, revoked_at = now()");
        (await ActsAsync()).ShouldBe(
        [
            """api_key.created create  {"name": "Key", "scopes": ["read"], "is_active": true, "key_prefix": "sk_live_12345678"}""",
            """api_key.updated update {"name": "Key"} {"name": "Other"}""",
            """api_key.revoked update {"is_active": true} {"is_active": false}""",
        ]);
    }

    [Fact]
    public async Task Secrets_are_told_nowhere()
    {
        await RunAsync(_tenant.Admin, "insert into model_providers (key, kind, base_url, secret, secret_hint) values ('mine', 'openai', 'https://api.example/v1', 'TOPSECRET'::bytea || sha512('x'), '1234')");
        await RunAsync(_tenant.Admin, "update model_providers set secret = 'TOPSECRET2'::bytea || sha512('y'), secret_hint = '5678'");
        await RunAsync(_tenant.Admin, "insert into webhook_endpoints (url, secret) values ('https://me:TOPSECRET@example.com:8443/TOPSECRET?key=TOPSECRET', sha512('TOPSECRET'))");
        await RunAsync(_tenant.Admin, "update webhook_endpoints set secret = sha512('z'), previous_secret = secret, previous_secret_expires_at = now()");
        await RunAsync(_tenant.User, "insert into schedules (name, kind, payload, cron, cadence_config, next_run_at) values ('S', 'sample', '{\"key\": \"TOPSECRET\"}', '@daily', null, now())");
        await RunAsync(_tenant.User, "insert into api_keys (name, key_hash, key_prefix) values ('Key', repeat('dead', 16), 'sk_live_12345678')");

        (await ActsAsync()).Select(act => act.Split(' ')[0]).ShouldBe(
            ["model_provider.created", "model_provider.key_changed", "webhook_endpoint.created", "webhook_endpoint.secret_rotated", "schedule.created", "api_key.created"]);
        (await ActsAsync()).ShouldContain(act => act.Contains("\"https://example.com:8443\"", StringComparison.Ordinal));
        var all = await _database.ScalarAsync<string>("select string_agg(l::text, '') || string_agg(coalesce(d::text, ''), '') from audit_logs l left join audit_details d using (id)");
        foreach (var secret in (string[])["TOPSECRET", "deaddead", Convert.ToHexStringLower("TOPSECRET"u8)])
            all.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Making_publishing_and_withdrawing_an_agent_are_acts_of_their_own()
    {
        await RunAsync(_tenant.User, "insert into agent_configurations (key, name, role, goal, backstory) values ('own', 'Own', 'Own', 'Help', 'You help.')");
        await RunAsync(_tenant.User, "update agent_configurations set is_public = true where key = 'own'");
        await RunAsync(_tenant.User, "update agent_configurations set backstory = 'You do.' where key = 'own'");
        await RunAsync(_tenant.User, "update agent_configurations set deleted_at = now() where key = 'own'");
        await RunAsync(_tenant.User, "update agent_configurations set deleted_at = null where key = 'own'");
        (await ActsAsync()).Skip(1).ShouldBe(
        [
            """agent.published update {"is_public": false} {"is_public": true}""",
            """agent.updated update {"backstory": "You help."} {"backstory": "You do."}""",
            "agent.deleted delete {} {}",
            "agent.restored update {} {}",
        ]);
    }

    [Fact]
    public async Task A_conversation_is_told_of_when_it_goes_or_is_shared_not_when_it_is_used()
    {
        await RunAsync(_tenant.User, "insert into conversations (title) values ('Private thoughts')");
        await RunAsync(_tenant.User, "insert into messages (conversation_id, role, content) select id, 'user', 'A secret' from conversations");
        await RunAsync(_tenant.User, "update conversations set title = 'More of them'");
        (await ActsAsync()).ShouldBeEmpty();
        await RunAsync(_tenant.User, "update conversations set visibility = 'organization'");
        await RunAsync(_tenant.User, "update conversations set deleted_at = now()");
        (await ActsAsync()).ShouldBe(
            ["""conversation.updated update {"visibility": "private"} {"visibility": "organization"}""", "conversation.deleted delete {} {}"]);
    }

    [Fact]
    public async Task Settings_and_what_is_done_to_jobs_are_told()
    {
        await RunAsync(_tenant.Admin, "update organizations set settings = settings || '{\"quality_threshold\": 8}'");
        await RunAsync(_tenant.User, "insert into jobs (kind) values ('sample'), ('sample')");
        await RunAsync(_tenant.User, "select overmind.cancel_jobs(array(select id from jobs where kind = 'sample'))");
        await RunAsync(_tenant.User, "select overmind.retry_jobs(array(select id from jobs where kind = 'sample' limit 1))");
        (await ActsAsync()).Select(act => act.Split(' ')[0]).ShouldBe(["organization.settings_changed", "job.cancelled", "job.retried"]);
        (await _database.ScalarAsync<int>("select (metadata ->> 'count')::integer from audit_logs where event_type = 'job.cancelled'")).ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_at_the_database_itself_is_known_by_their_login()
    {
        await RunAsync(_tenant.User, "insert into api_keys (name, key_hash, key_prefix) values ('Key', repeat('a', 64), 'sk_live_12345678')");
        await _database.ExecuteAsync("update api_keys set scopes = '[\"admin\"]'");
        (await _database.ScalarAsync<string>("select metadata ->> 'login' from audit_logs where event_type = 'api_key.updated' and user_id is null")).ShouldBe("overmind_owner");
    }

    async Task RunAsync(Claims claims, string sql)
    {
        await using var results = await _database.Database.SendAsync(claims, [new Statement(sql)], CancellationToken.None);
        await results.CompleteAsync();
    }

    /// <summary>Event, action, old and new values, but for whose it is.</summary>
    async Task<IReadOnlyList<string>> ActsAsync()
    {
        await using var command = _database.Owner.CreateCommand(
            """
            select concat_ws(' ', event_type, action, coalesce((old_values - 'user_id')::text, ''), jsonb_strip_nulls(new_values - 'user_id')::text)
            from audit_logs
            order by transaction_id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var acts = new List<string>();
        while (await reader.ReadAsync())
            acts.Add(reader.GetString(0));
        return acts;
    }
}
