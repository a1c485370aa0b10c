using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Access;
using Overmind.Access.Mail;
using Overmind.Postgres;
using Overmind.Server.Tests.Access;

namespace Overmind.Server.Tests.Audit;

/// <summary>What is refused on the way in, and what a failure changed, stand in the log once each.</summary>
public class AuditedRefusalTests(ApiServers servers)
{
    const string ActsSql = """
        select coalesce(string_agg(concat_ws(' ', event_type, metadata ->> 'code', user_id, organization_id), ',' order by created_at), '')
        from audit_logs
        where status = 'failure'
        """;

    [Fact]
    public async Task Who_goes_on_guessing_while_they_are_to_wait_writes_one_row()
    {
        await using var server = await servers.StartAsync();
        await server.PasswordAsync("user@first.test", SignedIn.Password);
        // A quarter of an hour to wait, so that no attempt of this test is looked at.
        var backOff = server.Services.GetRequiredService<SignInBackOff>();
        for (var i = 0; i < 20; i++)
            backOff.Failed("user@first.test", new RequestOrigin(IPAddress.Loopback, null, null));

        for (var i = 0; i < 10; i++)
            (await server.SendAsync("/v1/auth/sign_in", new { email = "user@first.test", password = SignedIn.Password })).ExpectProblem(429, "too_many_attempts");

        var user = server.Tenants.First.User;
        (await server.Database.ScalarAsync<string>(ActsSql)).ShouldBe($"user.login too_many_attempts {user.UserId} {user.OrganizationId}");
    }

    [Fact]
    public async Task An_address_that_is_to_wait_writes_one_row_whatever_accounts_it_tries()
    {
        await using var server = await servers.StartAsync();
        var backOff = server.Services.GetRequiredService<SignInBackOff>();
        for (var i = 0; i < 70; i++)
            backOff.Failed($"{i}@example.com", new RequestOrigin(IPAddress.Loopback, null, null));

        for (var i = 0; i < 10; i++)
            (await server.SendAsync("/v1/auth/sign_in", new { email = $"new-{i}@example.com", password = "guess" })).ExpectProblem(429, "too_many_attempts");

        (await server.Database.ScalarAsync<string>(ActsSql)).ShouldBe("user.login too_many_attempts");
    }

    [Fact]
    public async Task A_wrong_password_for_an_invitation_is_recorded_where_it_invites_to()
    {
        await using var mail = new SmtpListener();
        await using var server = await servers.StartAsync(configure: options => options with { Mail = new MailOptions { SmtpUrl = mail.Url } });
        await server.PasswordAsync("user@second.test", SignedIn.Password);
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"user@second.test"}""")).Expect(201);
        var token = Links.TokenOf((await mail.MailAsync("user@second.test", "Organization first")).Text);

        (await server.SendAsync("/v1/invitations/accept", new { token, password = "not the password" })).ExpectProblem(401, "invalid_credentials", "password");

        (await server.Database.ScalarAsync<string>(ActsSql)).ShouldBe(
            $"invitation.accepted invalid_credentials {server.Tenants.Second.User.UserId} {server.Tenants.First.OrganizationId}");
        (await server.Database.ScalarAsync<string>("select d.personal ->> 'email' from audit_details d join audit_logs l on l.id = d.id where l.status = 'failure'")).ShouldBe("user@second.test");
    }

    [Fact]
    public async Task A_provider_that_fails_its_test_is_recorded_once()
    {
        await using var server = await servers.StartAsync();
        var provider = (await server.Admin.PostAsync(
            "/v1/model_providers", """{"kind": "ollama", "base_url": "http://127.0.0.1:9", "settings": {"max_retries": 0}}""")).Expect(201).Id;

        (await server.Admin.PostAsync($"/v1/model_providers/{provider}/test", """{"model": "m"}""")).ExpectProblem(424, "model_unreachable");
        (await server.Admin.PostAsync($"/v1/model_providers/{Guid.CreateVersion7()}/test")).ExpectProblem(404, "model_provider_not_found");

        (await server.Database.ScalarAsync<string>(
            "select string_agg(case when new_values ->> 'last_test_error' is not null then 'with what the provider said' else metadata ->> 'code' end, ', ' order by created_at) from audit_logs where status = 'failure'"))
            .ShouldBe("with what the provider said, model_provider_not_found");
    }

    [Fact]
    public async Task Changing_the_agents_of_a_draft_alone_is_recorded_with_those_before_and_after()
    {
        await using var server = await servers.StartAsync();
        (await server.Admin.PostAsync("/v1/workflows", """{"key": "mine", "name": "Mine", "agents": ["creative", "structural"]}""")).Expect(201);
        (await server.Admin.PostAsync("/v1/workflows/mine/versions", "{}")).Expect(201);
        await server.Database.ExecuteAsync("delete from audit_logs");

        (await server.Admin.PatchAsync("/v1/workflows/mine/versions/2", """{"agents": ["decision", "creative"]}""")).Expect(200);
        (await server.Admin.PatchAsync("/v1/workflows/mine/versions/2", """{"agents": ["decision", "creative"]}""")).Expect(200);

        (await server.Database.ScalarAsync<string>("select string_agg(concat_ws(' ', event_type, status, old_values, new_values), ',') from audit_logs"))
            .ShouldBe("""workflow.updated success {"agents": ["creative", "structural"]} {"agents": ["decision", "creative"]}""");
    }
}
