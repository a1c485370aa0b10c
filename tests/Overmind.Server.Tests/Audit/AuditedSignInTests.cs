using Overmind.Access.Mail;
using Overmind.Server.Tests.Access;

namespace Overmind.Server.Tests.Audit;

/// <summary>What people do about their sign-in stands in the log, whether they have claims yet or not.</summary>
public class AuditedSignInTests(ApiServers servers)
{
    [Fact]
    public async Task Signing_in_and_out_is_recorded_once_each_with_session_and_request()
    {
        await using var server = await servers.StartAsync();
        await server.Database.ExecuteAsync("delete from audit_logs");
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        using var api = server.As(signedIn.AccessToken);
        var answer = (await api.PostAsync("/v1/auth/sign_out")).Expect(200);

        (await ActsAsync(server)).ShouldBe("user.login success,user.logout success");
        (await server.Database.ScalarAsync<string>(
            """
            select concat_ws(' ', count(*), count(l.request_id), count(d.ip_address), min(l.metadata ->> 'session_id'), min(l.metadata ->> 'device_type'))
            from audit_logs l
            join audit_details d on d.id = l.id
            where l.user_id = $1 and l.organization_id = $2
            """, server.Tenants.First.User.UserId!.Value, server.Tenants.First.OrganizationId)).ShouldBe($"2 2 2 {signedIn.SessionId} api");
        (await server.Database.ScalarAsync<long>("select count(*) from audit_logs where request_id = $1", answer.Header("X-Request-Id")!)).ShouldBe(1);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_is_recorded_as_the_end_of_its_session()
    {
        await using var server = await servers.StartAsync();
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        (await SignedIn.RefreshAsync(server, signedIn.RefreshToken)).Expect(200);
        await server.Database.ExecuteAsync("update overmind.refresh_tokens set used_at = used_at - interval '1 minute'");

        (await SignedIn.RefreshAsync(server, signedIn.RefreshToken)).ExpectProblem(401, "refresh_token_reused");

        (await server.Database.ScalarAsync<string>(
            "select concat_ws(' ', resource_id, new_values ->> 'revoked_reason') from audit_logs where event_type = 'session.revoked'"))
            .ShouldBe($"{signedIn.SessionId} refresh_token_reused");
    }

    [Fact]
    public async Task A_password_that_is_set_by_a_link_is_recorded_in_each_organization_of_its_person()
    {
        await using var mail = new SmtpListener();
        await using var server = await servers.StartAsync(configure: options => options with { Mail = new MailOptions { SmtpUrl = mail.Url } });
        await server.Database.ExecuteAsync(
            "insert into organization_members (organization_id, user_id, display_name) values ($1, $2, 'User')", server.Tenants.Second.OrganizationId, server.Tenants.First.User.UserId!.Value);
        await server.SendAsync("/v1/auth/password/forgot", new { email = "user@first.test" });
        var token = Links.TokenOf((await mail.MailAsync("user@first.test", "A new password")).Text);

        (await server.SendAsync("/v1/auth/password/reset", new { token, password = "another long one" })).Expect(200);

        (await server.Database.ScalarAsync<long>("select count(distinct organization_id) from audit_logs where event_type = 'user.password_changed' and user_id = $1", server.Tenants.First.User.UserId!.Value))
            .ShouldBe(2);
    }

    [Fact]
    public async Task Joining_and_making_an_organization_by_a_link_is_recorded()
    {
        await using var mail = new SmtpListener();
        await using var server = await servers.StartAsync(configure: options => options with { IsSignUpOpen = true, Mail = new MailOptions { SmtpUrl = mail.Url } });
        await server.Admin.PostAsync("/v1/invitations", """{"email":"guest@example.com"}""");
        var invited = Links.TokenOf((await mail.MailAsync("guest@example.com", "Organization first")).Text);
        await server.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "New" });
        var asked = Links.TokenOf((await mail.MailAsync("new@example.com", "Your account")).Text);
        await server.Database.ExecuteAsync("delete from audit_logs");

        (await server.SendAsync("/v1/invitations/accept", new { token = invited, name = "Guest", password = SignedIn.Password })).Expect(200);
        (await ActsAsync(server)).ShouldBe("invitation.accepted success,member.created success,subscription.created success,user.login success");
        (await server.Database.ScalarAsync<bool>("select bool_and(user_id = (select id from users where email = 'guest@example.com')) from audit_logs")).ShouldBeTrue();
        await server.Database.ExecuteAsync("delete from audit_logs");
        (await server.SendAsync("/v1/auth/sign_up/confirm", new { token = asked, password = SignedIn.Password })).Expect(201);
        (await ActsAsync(server)).ShouldContain("organization.created success");
    }

    [Fact]
    public async Task Deleting_an_organization_is_recorded()
    {
        await using var server = await servers.StartAsync();
        (await server.Admin.DeleteAsync("/v1/organization")).Expect(200);
        (await ActsAsync(server)).ShouldContain("organization.deleted success");
    }

    static Task<string> ActsAsync(ApiServer server) => server.Database.ScalarAsync<string>(
        "select string_agg(concat_ws(' ', event_type, status), ',' order by event_type, id) from audit_logs where event_type !~ '^(agent|workflow|schedule)'");
}
