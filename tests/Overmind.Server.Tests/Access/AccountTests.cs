using Overmind.Access.Mail;

namespace Overmind.Server.Tests.Access;

public class AccountTests(ApiServers servers)
{
    const string Password = SignedIn.Password;

    [Fact]
    public async Task Signing_up_makes_a_person_with_an_organization_of_their_own_once_the_mail_was_read()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        (await server.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "New <b>Person</b>" })).Expect(202).Json.ShouldBeA("acknowledgement");
        var message = await mail.MailAsync("new@example.com", "Your account");
        message.Html.ShouldContain("New &lt;b&gt;Person&lt;/b&gt;");
        message.Text.ShouldContain($"{server.Url}confirm?token=");
        var token = Links.TokenOf(message.Text);
        (await server.Database.ScalarAsync<long>("select count(*) from users where email = 'new@example.com'")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>("select count(*) from overmind.one_time_tokens where token_hash = $1", token)).ShouldBe(0);

        (await server.SendAsync("/v1/auth/sign_up/confirm", new { token, password = "short" })).ExpectProblem(422, "invalid_value", "password");
        var tokens = (await server.SendAsync("/v1/auth/sign_up/confirm", new { token, password = Password })).Expect(201).Json.ShouldBeA("session.tokens");

        tokens.Text("role").ShouldBe("admin");
        using var api = server.As(tokens.Text("access_token")!);
        (await api.PostAsync("/v1/conversations", "{}")).Expect(201);
        (await server.SendAsync("/v1/auth/sign_in", new { email = "New@example.com", password = Password })).Expect(200);
        (await server.SendAsync("/v1/auth/sign_up/confirm", new { token, password = Password })).ExpectProblem(410, "link_expired");
        (await server.Database.ScalarAsync<bool>("select email_verified from users where email = 'new@example.com'")).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_sign_ups_with_one_address_one_wins_and_the_other_is_told()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        var tokens = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await server.SendAsync("/v1/auth/sign_up", new { email = "twin@example.com", name = $"Twin {i}" });
            await Overmind.Testing.Poll.UntilAsync(() => mail.Messages.Count > i);
            tokens.Add(Links.TokenOf(mail.Messages.Last().Text));
            // A newer link takes the older one's place; both are to be good here.
            await server.Database.ExecuteAsync("update overmind.one_time_tokens set used_at = null");
        }

        var answers = await Task.WhenAll(tokens.Select(token => server.SendAsync("/v1/auth/sign_up/confirm", new { token, password = Password })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Single(answer => answer.Status != 201).ExpectProblem(409, "email_taken");
        (await server.Database.ScalarAsync<long>("select count(*) from users where email = 'twin@example.com'")).ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_tells_whether_an_address_has_an_account_and_its_mail_does()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        foreach (var path in new[] { "/v1/auth/sign_up", "/v1/auth/password/forgot" })
        {
            object Body(string email) => path.EndsWith("sign_up", StringComparison.Ordinal) ? new { email, name = "Somebody" } : new { email };
            var known = await server.SendAsync(path, Body("user@first.test"));
            var unknown = await server.SendAsync(path, Body("nobody@example.com"));
            (known.Status, known.Text).ShouldBe((unknown.Status, unknown.Text));
        }
        (await mail.MailAsync("user@first.test", "You have an account")).Text.ShouldContain("/sign-in");
        await mail.MailAsync("user@first.test", "A new password");
        await mail.MailAsync("nobody@example.com", "Your account");
        mail.Messages.ShouldNotContain(m => m.To == "nobody@example.com" && m.Subject.Contains("password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forgotten_password_is_set_once_by_the_newest_link_and_ends_all_sessions()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        var before = await SignedIn.AsAsync(server, "user@first.test");
        await server.SendAsync("/v1/auth/password/forgot", new { email = "user@first.test" });
        var older = Links.TokenOf((await mail.MailAsync("user@first.test", "A new password")).Text);
        await server.SendAsync("/v1/auth/password/forgot", new { email = " USER@first.test " });
        await Overmind.Testing.Poll.UntilAsync(() => mail.Messages.Count == 2);
        var newer = Links.TokenOf(mail.Messages.Last().Text);
        (await server.SendAsync("/v1/auth/password/reset", new { token = older, password = "another long one" })).ExpectProblem(410, "link_expired");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.SendAsync("/v1/auth/password/reset", new { token = newer, password = "another long one" })));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.Status != 200))
            answer.ExpectProblem(410, "link_expired");
        using var api = server.As(before.AccessToken);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
        (await server.SendAsync("/v1/auth/sign_in", new { email = "user@first.test", password = Password })).ExpectProblem(401, "invalid_credentials");
        (await server.SendAsync("/v1/auth/sign_in", new { email = "user@first.test", password = "another long one" })).Expect(200);
    }

    [Fact]
    public async Task A_link_that_is_too_old_or_none_does_nothing()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        await server.SendAsync("/v1/auth/password/forgot", new { email = "user@first.test" });
        var token = Links.TokenOf((await mail.MailAsync("user@first.test", "A new password")).Text);
        await server.Database.ExecuteAsync("update overmind.one_time_tokens set expires_at = now()");
        foreach (var wrong in new[] { token, "", "x", new string('0', 64), token.ToUpperInvariant() })
        {
            (await server.SendAsync("/v1/auth/password/reset", new { token = wrong, password = Password })).ExpectProblem(410, "link_expired");
            (await server.SendAsync("/v1/auth/sign_up/confirm", new { token = wrong, password = Password })).ExpectProblem(410, "link_expired");
            (await server.SendAsync("/v1/auth/email/verify", new { token = wrong })).ExpectProblem(410, "link_expired");
            (await server.SendAsync("/v1/invitations/accept", new { token = wrong })).ExpectProblem(410, "link_expired");
        }
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_is_told_by_mail()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        using var other = server.As((await SignedIn.AsAsync(server, "user@first.test")).AccessToken);
        using var api = server.As((await SignedIn.AsAsync(server, "user@first.test")).AccessToken);
        (await api.PostAsync("/v1/auth/password", """{"current_password":"wrong","password":"another long one"}""")).ExpectProblem(401, "invalid_credentials", "current_password");
        (await api.PostAsync("/v1/auth/password", $$"""{"current_password":"{{Password}}","password":"user@first.test"}""")).ExpectProblem(422, "invalid_value", "password");
        (await api.PostAsync("/v1/auth/password", $$"""{"current_password":"{{Password}}","password":"another long one"}""")).Expect(200);
        (await other.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
        (await api.GetAsync("/v1/me")).Expect(200);
        await mail.MailAsync("user@first.test", "Your password was changed");
    }

    [Fact]
    public async Task An_address_is_verified_by_the_link_that_was_sent_to_it()
    {
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        (await server.User.PostAsync("/v1/auth/email/send_verification")).Expect(202);
        var token = Links.TokenOf((await mail.MailAsync("user@first.test", "Is this your address?")).Text);
        (await server.SendAsync("/v1/auth/email/verify", new { token })).Expect(200);
        (await server.Database.ScalarAsync<bool>("select email_verified from users where email = 'user@first.test'")).ShouldBeTrue();
        (await server.SendAsync("/v1/auth/email/verify", new { token })).ExpectProblem(410, "link_expired");
    }

    [Fact]
    public async Task A_mail_server_that_refuses_is_tried_again_and_five_links_an_hour_are_enough_for_one_address()
    {
        await using var mail = new SmtpListener { Refusals = 1 };
        await using var server = await OpenAsync(mail);
        for (var i = 0; i < 8; i++)
            (await server.SendAsync("/v1/auth/password/forgot", new { email = "user@first.test" })).Expect(202);
        await Overmind.Testing.Poll.UntilAsync(async () => await server.Database.ScalarAsync<long>("select count(*) from jobs where kind = 'mail.send'") == 0, seconds: 60);
        mail.Messages.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Sign_up_is_closed_unless_it_is_opened_and_wrong_values_are_told()
    {
        (await servers.Fast.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "New" })).ExpectProblem(403, "sign_up_closed");
        (await servers.Fast.SendAsync("/v1/auth/sign_up", new { email = "new@example.com" })).ExpectProblem(422, "missing_field", "name");
        await using var mail = new SmtpListener();
        await using var server = await OpenAsync(mail);
        foreach (var wrong in new[] { "new", "a@b@c", "@example.com", "new@", "a b@example.com", "a,b@example.com", "a@b\r\nBcc: c@example.com", new string('a', 260) + "@b.c" })
            (await server.SendAsync("/v1/auth/sign_up", new { email = wrong, name = "New" })).ExpectProblem(422, "invalid_value", "email");
        (await server.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "" })).ExpectProblem(422, "invalid_value", "name");
        (await server.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "New", role = "admin" })).ExpectProblem(400, "unknown_field", "role");
        mail.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_mail_server_mails_are_files_that_the_owner_alone_reads()
    {
        await using var server = await servers.StartAsync(configure: options => options with { IsSignUpOpen = true });
        await server.SendAsync("/v1/auth/sign_up", new { email = "new@example.com", name = "New" });
        var outbox = (Outbox)server.Services.GetService(typeof(Outbox))!;
        IReadOnlyList<OutboxMail> mails = [];
        await Overmind.Testing.Poll.UntilAsync(async () => (mails = await outbox.ListAsync(10, default)).Count > 0);
        (mails[0].To, mails[0].Subject).ShouldBe(("new@example.com", "Your account at Overmind"));
        (await server.SendAsync("/v1/auth/sign_up/confirm", new { token = Links.TokenOf(mails[0].Text), password = Password })).Expect(201);
        File.GetUnixFileMode(Path.Combine(server.DataFolder, "outbox", mails[0].Id)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    Task<ApiServer> OpenAsync(SmtpListener mail) =>
        servers.StartAsync(configure: options => options with { IsSignUpOpen = true, Mail = new MailOptions { SmtpUrl = mail.Url, From = "Overmind <no-reply@example.com>" } });
}
