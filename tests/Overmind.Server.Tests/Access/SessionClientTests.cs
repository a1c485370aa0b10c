using Overmind.Client;

namespace Overmind.Server.Tests.Access;

/// <summary>A client that signed in with e-mail and password.</summary>
public sealed class SessionClientTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task It_acts_as_the_person_sees_its_sessions_and_ends_the_others()
    {
        var client = await SignInAsync("other@first.test");
        (await client.MeAsync()).UserId.ShouldBe(server.Tenants.First.OtherUser.UserId!.Value);
        await SignInAsync("other@first.test");
        (await client.Sessions.ListAsync()).Items.Count(session => session.DeviceName == "Planner").ShouldBe(2);
        (await client.Sessions.RevokeOthersAsync()).ShouldBeGreaterThanOrEqualTo(1);
        (await client.Sessions.ListAsync()).Items.ShouldHaveSingleItem().IsCurrent.ShouldBeTrue();
        await client.Auth.SignOutAsync();
        (await Should.ThrowAsync<OvermindApiException>(() => client.MeAsync())).Code.ShouldBe("session_ended");
    }

    [Fact]
    public async Task A_wrong_password_is_told()
    {
        await server.PasswordAsync("other@first.test", SignedIn.Password);
        (await Should.ThrowAsync<OvermindApiException>(() => OvermindClient.SignInAsync(server.Url, new NewSignIn { Email = "other@first.test", Password = "not the password" })))
            .Code.ShouldBe("invalid_credentials");
    }

    [Fact]
    public async Task An_access_token_that_is_about_to_expire_is_renewed_before_it_is_used()
    {
        var tokens = await TokensAsync("viewer@first.test");
        var kept = new List<SessionTokens>();
        var client = new OvermindClient(server.Url, tokens with { AccessToken = "of no use", ExpiresIn = 29 }, kept.Add);
        (await client.MeAsync()).Role.ShouldBe("viewer");
        await client.MeAsync();
        kept.ShouldHaveSingleItem().RefreshToken.ShouldNotBe(tokens.RefreshToken);
    }

    [Fact]
    public async Task Callers_at_once_whose_access_token_has_expired_refresh_once_and_each_gets_its_answer()
    {
        var tokens = await TokensAsync("viewer@first.test");
        var kept = new List<SessionTokens>();
        // Its signature is none: the server refuses it as it does one whose key is gone.
        var client = new OvermindClient(server.Url, tokens with { AccessToken = tokens.AccessToken[..^3] + "AAA" }, kept.Add);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.MeAsync()));

        all.Select(me => me.Role).Distinct().ShouldBe(["viewer"]);
        kept.Count.ShouldBe(1);
        (await server.Database.ScalarAsync<long>("select count(*) from overmind.refresh_tokens where session_id = $1", tokens.SessionId)).ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_was_refused_for_its_token_is_sent_again_whole_and_done_once()
    {
        var tokens = await TokensAsync("other@first.test");
        var client = new OvermindClient(server.Url, tokens with { AccessToken = tokens.AccessToken[..^3] + "AAA" });
        var made = await client.Conversations.CreateAsync(new NewConversation { Title = "After a renewal" });
        (await server.Database.ScalarAsync<long>("select count(*) from conversations where title = 'After a renewal'")).ShouldBe(1);
        (await client.Conversations.GetAsync(made.Id)).Title.ShouldBe("After a renewal");
    }

    [Fact]
    public async Task A_session_that_was_ended_is_told_and_not_asked_for_again()
    {
        var tokens = await TokensAsync("viewer@first.test");
        await server.Database.ExecuteAsync("update sessions set expires_at = now() where id = $1", tokens.SessionId);
        var client = new OvermindClient(server.Url, tokens with { ExpiresIn = 0 });
        (await Should.ThrowAsync<OvermindApiException>(() => client.MeAsync())).Code.ShouldBe("session_ended");
    }

    async Task<OvermindClient> SignInAsync(string email)
    {
        await server.PasswordAsync(email, SignedIn.Password);
        return await OvermindClient.SignInAsync(server.Url, new NewSignIn { Email = email, Password = SignedIn.Password, DeviceName = "Planner" });
    }

    async Task<SessionTokens> TokensAsync(string email)
    {
        await server.PasswordAsync(email, SignedIn.Password);
        using var http = new HttpClient { BaseAddress = server.Url };
        return await new OvermindClient(http).Auth.SignInAsync(new NewSignIn { Email = email, Password = SignedIn.Password });
    }
}
