using System.Text.Json;
using Overmind.Access.Mail;

namespace Overmind.Server.Tests.Access;

public class InvitationTests(ApiServers servers)
{
    const string Password = SignedIn.Password;

    [Fact]
    public async Task A_new_person_accepts_and_is_a_member_with_the_role_they_were_invited_for()
    {
        await using var mail = new SmtpListener();
        await using var server = await StartAsync(mail);
        var made = (await server.Admin.PostAsync("/v1/invitations", """{"email":"guest@example.com","role":"viewer"}""")).Expect(201);
        made.Json.ShouldBeA("invitation").Text("status").ShouldBe("pending");
        var message = await mail.MailAsync("guest@example.com", "Organization first");
        var token = Links.TokenOf(message.Text);
        made.Text.ShouldNotContain(token[^64..]);
        (await server.SendAsync("/v1/invitations/accept", new { token })).ExpectProblem(422, "missing_field", "name");
        (await server.SendAsync("/v1/invitations/accept", new { token, name = "Guest", password = "short" })).ExpectProblem(422, "invalid_value", "password");

        var tokens = (await server.SendAsync("/v1/invitations/accept", new { token, name = "Guest", password = Password })).Expect(200).Json.ShouldBeA("session.tokens");

        (tokens.Text("organization_id"), tokens.Text("role")).ShouldBe((server.Tenants.First.OrganizationId.ToString(), "viewer"));
        var accepted = (await server.Admin.GetAsync($"/v1/invitations/{made.Id}")).Expect(200).Json.ShouldBeA("invitation");
        (accepted.Text("status"), accepted.Text("accepted_by")).ShouldBe(("accepted", tokens.Text("user_id")));
        (await server.SendAsync("/v1/invitations/accept", new { token, name = "Guest", password = Password })).ExpectProblem(410, "link_expired");
        (await server.Admin.DeleteAsync($"/v1/invitations/{made.Id}")).ExpectProblem(409, "invitation_ended");
    }

    [Fact]
    public async Task A_person_with_an_account_accepts_with_its_password_or_signed_in_and_nobody_else_does()
    {
        await using var mail = new SmtpListener();
        await using var server = await StartAsync(mail);
        var invited = await SignedIn.AsAsync(server, "user@second.test");
        var stranger = await SignedIn.AsAsync(server, "other@second.test");
        var first = await TokenAsync(server, mail, "user@second.test");
        (await server.SendAsync("/v1/invitations/accept", new { token = first })).ExpectProblem(422, "missing_field", "password");
        (await server.SendAsync("/v1/invitations/accept", new { token = first, name = "Me", password = "not the password" })).ExpectProblem(401, "invalid_credentials", "password");
        using (var other = server.As(stranger.AccessToken))
            (await other.PostAsync("/v1/invitations/accept", JsonSerializer.Serialize(new { token = first }))).ExpectProblem(422, "missing_field", "password");
        using (var api = server.As(invited.AccessToken))
            (await api.PostAsync("/v1/invitations/accept", JsonSerializer.Serialize(new { token = first }))).Expect(200)
                .Json.Text("user_id").ShouldBe(server.Tenants.Second.User.UserId.ToString());

        (await server.Admin.PostAsync("/v1/invitations", """{"email":"User@second.test"}""")).ExpectProblem(409, "already_member", "email");
        var meanwhile = await TokenAsync(server, mail, "viewer@second.test");
        await server.PasswordAsync("viewer@second.test", Password);
        await server.Database.ExecuteAsync("select overmind.join_organization($1, $2, 'user')", server.Tenants.First.OrganizationId, server.Tenants.Second.Viewer.UserId!.Value);
        (await server.SendAsync("/v1/invitations/accept", new { token = meanwhile, password = Password })).ExpectProblem(409, "already_member");

        var second = await TokenAsync(server, mail, "other@second.test");
        (await server.SendAsync("/v1/invitations/accept", new { token = second, password = Password })).Expect(200)
            .Json.Text("organization_id").ShouldBe(server.Tenants.First.OrganizationId.ToString());
    }

    [Fact]
    public async Task Of_those_who_take_the_last_places_at_once_as_many_get_one_as_there_are()
    {
        await using var mail = new SmtpListener();
        await using var server = await StartAsync(mail);
        await server.Database.ExecuteAsync("update organizations set max_users = 7 where id = $1", server.Tenants.First.OrganizationId);
        var tokens = new List<string>();
        for (var i = 0; i < 8; i++)
            tokens.Add(await TokenAsync(server, mail, $"guest-{i}@example.com"));

        var answers = await Task.WhenAll(tokens.Select(token => server.SendAsync("/v1/invitations/accept", new { token, name = "Guest", password = Password })));

        answers.Count(answer => answer.Status == 200).ShouldBe(3);
        foreach (var answer in answers.Where(answer => answer.Status != 200))
            answer.ExpectProblem(409, "member_limit_reached");
        (await server.Database.ScalarAsync<long>("select count(*) from organization_members where organization_id = $1 and left_at is null", server.Tenants.First.OrganizationId)).ShouldBe(7);
        (await server.Database.ScalarAsync<long>("select count(*) from users where email like 'guest-%'")).ShouldBe(3, "who finds no place has no account either");
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"late@example.com"}""")).ExpectProblem(409, "member_limit_reached");
    }

    [Fact]
    public async Task One_invitation_accepted_twice_at_once_makes_one_member()
    {
        await using var mail = new SmtpListener();
        await using var server = await StartAsync(mail);
        var token = await TokenAsync(server, mail, "guest@example.com");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.SendAsync("/v1/invitations/accept", new { token, name = "Guest", password = Password })));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.Status != 200))
            answer.ExpectProblem(410, "link_expired");
        (await server.Database.ScalarAsync<long>("select count(*) from users where email = 'guest@example.com'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_or_newer_or_expired_invitation_ends_the_link()
    {
        await using var mail = new SmtpListener();
        await using var server = await StartAsync(mail);
        var token = await TokenAsync(server, mail, "guest@example.com");
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"GUEST@example.com"}""")).ExpectProblem(409, "invitation_pending", "email");
        var invitation = (await server.Admin.GetAsync("/v1/invitations?status=pending")).ShouldBeAListOf("invitation").Single();
        var id = invitation.Text("id");
        (await server.Admin.PostAsync($"/v1/invitations/{id}/resend")).Expect(200);
        await Overmind.Testing.Poll.UntilAsync(() => mail.Messages.Count == 2);
        var newer = Links.TokenOf(mail.Messages.Last().Text);
        (await AcceptAsync(token)).ExpectProblem(410, "link_expired");
        (await server.Admin.DeleteAsync($"/v1/invitations/{id}")).Expect(200).Json.ShouldBeA("invitation").Text("status").ShouldBe("cancelled");
        (await AcceptAsync(newer)).ExpectProblem(410, "link_expired");
        (await server.Admin.PostAsync($"/v1/invitations/{id}/resend")).ExpectProblem(409, "invitation_ended");

        var late = await TokenAsync(server, mail, "guest@example.com");
        await server.Database.ExecuteAsync("update invitations set expires_at = now() where status = 'pending'");
        (await AcceptAsync(late)).ExpectProblem(410, "link_expired");
        (await server.Admin.GetAsync("/v1/invitations?status=expired")).ShouldBeAListOf("invitation").Count.ShouldBe(1);
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"guest@example.com"}""")).Expect(201);

        Task<Answer> AcceptAsync(string given) => server.SendAsync("/v1/invitations/accept", new { token = given, name = "Guest", password = Password });
    }

    [Fact]
    public async Task Who_manages_members_invites_and_sees_invitations_of_their_organization_alone()
    {
        var server = servers.Fast;
        var id = (await server.Admin.PostAsync("/v1/invitations", """{"email":"somebody@example.com"}""")).Expect(201).Id;
        foreach (var api in new[] { server.User, server.Viewer })
        {
            (await api.PostAsync("/v1/invitations", """{"email":"friend@example.com"}""")).ExpectProblem(403, "forbidden");
            (await api.GetAsync("/v1/invitations")).ExpectProblem(403, "forbidden");
        }
        (await server.Stranger.GetAsync($"/v1/invitations/{id}")).ExpectProblem(404, "invitation_not_found");
        (await server.Stranger.DeleteAsync($"/v1/invitations/{id}")).ExpectProblem(404, "invitation_not_found");
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"nobody"}""")).ExpectProblem(422, "invalid_value", "email");
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"a@example.com","role":"owner"}""")).ExpectProblem(422, "invalid_value", "role");
        (await server.Admin.PostAsync("/v1/invitations", """{"email":"a@example.com","expires_in_days":31}""")).ExpectProblem(422, "invalid_value", "expires_in_days");
        (await server.Admin.DeleteAsync($"/v1/invitations/{id}")).Expect(200);
    }

    [Fact]
    public async Task Who_was_granted_to_manage_members_invites_and_makes_nobody_an_admin()
    {
        await using var server = await servers.StartAsync();
        await server.Database.ExecuteAsync("""update organization_members set permissions = '["members.manage"]' where user_id = $1""", server.Tenants.First.User.UserId!.Value);
        await Overmind.Testing.Poll.UntilAsync(async () => (await server.User.GetAsync("/v1/invitations")).Status == 200);
        (await server.User.PostAsync("/v1/invitations", """{"email":"friend@example.com","role":"admin"}""")).ExpectProblem(403, "forbidden");
        var id = (await server.User.PostAsync("/v1/invitations", """{"email":"friend@example.com"}""")).Expect(201).Id;
        (await server.User.DeleteAsync($"/v1/invitations/{id}")).Expect(200);
    }

    Task<ApiServer> StartAsync(SmtpListener mail) => servers.StartAsync(configure: options => options with { Mail = new MailOptions { SmtpUrl = mail.Url } });

    static async Task<string> TokenAsync(ApiServer server, SmtpListener mail, string email)
    {
        var before = mail.Messages.Count;
        (await server.Admin.PostAsync("/v1/invitations", JsonSerializer.Serialize(new { email }))).Expect(201);
        await Overmind.Testing.Poll.UntilAsync(() => mail.Messages.Count > before);
        return Links.TokenOf(mail.Messages.Last().Text);
    }
}
