using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Access;
using Overmind.Access.Sessions;
using Overmind.Client;
using Overmind.Postgres;

namespace Overmind.Server.Tests.Audit;

public sealed class AuditLogTests(ApiServers servers) : IAsyncLifetime
{
    ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.StartAsync();
        await _server.Database.ExecuteAsync("delete from audit_logs");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_admin_reads_what_was_done_and_by_whom()
    {
        var made = (await _server.User.PostAsync("/v1/api_keys", """{"name": "Key"}""", ("User-Agent", "tester/1"), ("X-Request-Id", "from-the-test"))).Expect(201)
            .Json.GetProperty("api_key").GetProperty("id").GetString();
        var act = (await _server.Admin.GetAsync("/v1/audit_logs?event_type=api_key.created")).Expect(200).Items.ShouldHaveSingleItem();
        act.GetProperty("user_id").GetGuid().ShouldBe(_server.Tenants.First.User.UserId!.Value);
        act.GetProperty("user_name").GetString().ShouldBe("user@first.test");
        act.GetProperty("resource_id").GetString().ShouldBe(made);
        act.GetProperty("ip_address").GetString().ShouldBe("127.0.0.1");
        act.GetProperty("user_agent").GetString().ShouldBe("tester/1");
        act.GetProperty("request_id").GetString().ShouldBe("from-the-test");
        act.GetProperty("new_values").GetProperty("name").GetString().ShouldBe("Key");
        act.GetProperty("old_values").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.Admin.GetAsync($"/v1/audit_logs/{act.GetProperty("id").GetString()}")).Expect(200).Text.ShouldBe(act.GetRawText());
    }

    [Fact]
    public async Task Others_read_nothing_of_it()
    {
        await _server.User.PostAsync("/v1/api_keys", """{"name": "Key"}""");
        var id = (await _server.Admin.GetAsync("/v1/audit_logs")).Items[0].GetProperty("id").GetString();
        foreach (var path in (string[])["/v1/audit_logs", "/v1/audit_logs/export", $"/v1/audit_logs/{id}"])
        {
            (await _server.User.GetAsync(path)).ExpectProblem(403, "forbidden");
            (await _server.Viewer.GetAsync(path)).ExpectProblem(403, "forbidden");
            (await _server.Anonymous.GetAsync(path)).ExpectProblem(401, "unauthenticated");
        }
        (await _server.Stranger.GetAsync($"/v1/audit_logs/{id}")).ExpectProblem(404, "audit_log_not_found");
        (await _server.Admin.GetAsync("/v1/audit_logs/nothing")).ExpectProblem(404, "audit_log_not_found");
        (await _server.Admin.GetAsync("/v1/audit_logs?status=odd")).ExpectProblem(400, "invalid_parameter", "status");
        (await _server.Admin.GetAsync("/v1/audit_logs?event_type=%00")).ExpectProblem(400, "invalid_parameter", "event_type");
        (await _server.Admin.GetAsync("/v1/audit_logs/export?limit=1")).ExpectProblem(400, "invalid_parameter", "limit");
        (await _server.Stranger.GetAsync("/v1/audit_logs")).Text.ShouldNotContain(_server.Tenants.First.OrganizationId.ToString());
    }

    [Fact]
    public async Task The_export_has_every_act_once_and_is_one_itself()
    {
        for (var i = 0; i < 105; i++)
            await _server.Database.Database.ExecuteAsync(_server.Tenants.First.User, "select overmind.audit('sample.created', 'create', 'sample', $1, 'success')", [i.ToString()], CancellationToken.None);
        var answer = (await _server.Admin.GetAsync("/v1/audit_logs/export?resource_type=sample")).Expect(200);
        answer.Header("Content-Type").ShouldBe("application/jsonl");
        answer.Text.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("resource_id").GetString())
            .Order().ShouldBe(Enumerable.Range(0, 105).Select(i => i.ToString()).Order());
        (await _server.Admin.GetAsync("/v1/audit_logs?event_type=audit_log.exported")).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_that_was_revoked_is_recorded_when_it_is_refused_and_one_that_never_was_is_not()
    {
        var key = await _server.KeyAsync(_server.Tenants.First.User);
        await _server.Database.ExecuteAsync("update api_keys set is_active = false, revoked_at = now() where key_hash = $1", ApiKeyToken.Parse(key)!.Value.SecretHash);
        await _server.Database.ExecuteAsync("delete from audit_logs");
        using var revoked = _server.As(key);
        using var invented = _server.As(ApiKeyToken.Generate(_server.Tenants.First.OrganizationId).Text);
        for (var i = 0; i < 3; i++)
        {
            (await revoked.GetAsync("/v1/conversations")).ExpectProblem(401, "invalid_api_key");
            (await invented.GetAsync("/v1/conversations")).ExpectProblem(401, "invalid_api_key");
        }
        var act = (await _server.Admin.GetAsync("/v1/audit_logs")).Items.ShouldHaveSingleItem();
        (act.GetProperty("event_type").GetString(), act.GetProperty("status").GetString()).ShouldBe(("access.denied", "failure"));
        act.GetProperty("metadata").GetProperty("code").GetString().ShouldBe("invalid_api_key");
        act.GetProperty("user_id").GetGuid().ShouldBe(_server.Tenants.First.User.UserId!.Value);
    }

    [Fact]
    public async Task What_is_refused_for_want_of_a_right_is_recorded_on_every_route()
    {
        (await _server.Viewer.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, "forbidden");
        (await _server.Reader.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, "insufficient_scope");
        (await _server.Admin.GetAsync("/v1/audit_logs?event_type=access.denied&order=asc")).Items
            .Select(act => $"{act.GetProperty("metadata").GetProperty("code").GetString()} {act.GetProperty("metadata").GetProperty("route").GetString()}")
            .ShouldBe(["forbidden POST /v1/conversations", "insufficient_scope POST /v1/conversations"]);
    }

    [Fact]
    public async Task The_client_lists_reads_and_exports()
    {
        await _server.User.PostAsync("/v1/api_keys", """{"name": "Key"}""");
        var client = new OvermindClient(_server.Admin.Http);
        var act = (await client.AuditLogs.ListAsync(filter: new() { ResourceType = "api_key", UserId = _server.Tenants.First.User.UserId })).Items.ShouldHaveSingleItem();
        (await client.AuditLogs.GetAsync(act.Id)).EventType.ShouldBe("api_key.created");
        using var export = new StreamReader(await client.AuditLogs.ExportAsync(new() { Action = "create" }, new() { From = act.CreatedAt }));
        JsonDocument.Parse((await export.ReadLineAsync())!).RootElement.GetProperty("id").GetGuid().ShouldBe(act.Id);
    }

    [Fact]
    public async Task Sign_ins_are_recorded_whether_they_succeed_or_not()
    {
        var signIn = _server.Services.GetRequiredService<SignInService>();
        await _server.Database.ExecuteAsync("update users set password_hash = $1 where email = 'user@first.test'", new PasswordHasher().Hash("correct"));
        var origin = new RequestOrigin(System.Net.IPAddress.Parse("192.0.2.9"), "Browser", "r");
        await _server.Services.GetRequiredService<SessionService>().SignInAsync("user@first.test", "correct", null, null, origin, CancellationToken.None);
        foreach (var email in (string[])["user@first.test", "nobody@first.test"])
            await Should.ThrowAsync<Overmind.Errors.OvermindException>(signIn.VerifyAsync(email, "wrong", origin, CancellationToken.None));

        (await _server.Database.ScalarAsync<string>(
            """
            select string_agg(concat_ws(' ', l.organization_id is not null, l.user_id is not null, l.status, d.personal ->> 'email', host(d.ip_address)), ',' order by l.transaction_id)
            from audit_logs l
            join audit_details d on d.id = l.id
            where l.event_type = 'user.login'
            """)).ShouldBe("t t success 192.0.2.9,t t failure user@first.test 192.0.2.9,f f failure nobody@first.test 192.0.2.9");
        (await _server.Admin.GetAsync("/v1/audit_logs?action=login&status=failure")).Items.ShouldHaveSingleItem();
    }
}
