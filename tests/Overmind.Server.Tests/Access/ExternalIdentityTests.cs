using System.Text.Json.Nodes;
using Overmind.Access.ExternalIdentities;

namespace Overmind.Server.Tests.Access;

public class ExternalIdentityTests(ApiServers servers)
{
    [Fact]
    public async Task A_person_of_the_provider_is_the_account_of_their_verified_address_from_then_on_by_their_subject()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var server = await StartAsync(provider);
        var user = server.Tenants.First.User.UserId.ToString();
        (await MeAsync(server, provider.Token("s1", "USER@first.test"))).Expect(200).Json.ShouldBeA("me").Text("user_id").ShouldBe(user);
        // Whatever their address is at the provider then.
        (await MeAsync(server, provider.Token("s1", "admin@first.test"))).Expect(200).Json.Text("user_id").ShouldBe(user);
        (await MeAsync(server, provider.Token("s1", null, verified: false))).Expect(200).Json.Text("user_id").ShouldBe(user);
    }

    [Fact]
    public async Task Who_is_not_known_gets_in_only_where_sign_up_is_open()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var closed = await StartAsync(provider);
        (await MeAsync(closed, provider.Token("s2", "user@first.test", verified: false))).ExpectProblem(403, "identity_unknown");
        (await MeAsync(closed, provider.Token("s2", null))).ExpectProblem(403, "identity_unknown");
        (await MeAsync(closed, provider.Token("s2", "new@example.com"))).ExpectProblem(403, "identity_unknown");
        await using var open = await StartAsync(provider, isSignUpOpen: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MeAsync(open, provider.Token("s2", "new@example.com"))));
        answers.Select(answer => answer.Expect(200).Json.Text("user_id")).Distinct().Count().ShouldBe(1);
        answers[0].Json.Text("role").ShouldBe("admin");
    }

    [Fact]
    public async Task A_token_for_somebody_else_or_from_somebody_else_or_too_old_is_refused()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var other = await IdentityProvider.StartAsync();
        await using var server = await StartAsync(provider);
        (await MeAsync(server, provider.Token("s3", "user@first.test", audience: "another"))).ExpectProblem(401, "invalid_access_token");
        (await MeAsync(server, other.Token("s3", "user@first.test"))).ExpectProblem(401, "invalid_access_token");
        (await MeAsync(server, other.Token("s3", "user@first.test", issuer: provider.Issuer))).ExpectProblem(401, "invalid_access_token");
        (await MeAsync(server, provider.Token("s3", "user@first.test", lifetime: TimeSpan.FromSeconds(-1)))).ExpectProblem(401, "access_token_expired");
        (await server.Database.ScalarAsync<long>("select count(*) from overmind.external_identities")).ShouldBe(0);
    }

    [Theory]
    [InlineData(200, "{}", 2048)]
    [InlineData(200, """{"alg": "RS256", "key_ops": ["verify"]}""", 2048)]
    [InlineData(401, """{"alg": "PS256"}""", 2048)]
    [InlineData(401, """{"key_ops": ["encrypt"]}""", 2048)]
    [InlineData(401, """{"use": "enc"}""", 2048)]
    [InlineData(401, "{}", 1024)]
    public async Task A_key_of_the_provider_verifies_what_it_says_it_is_for(int status, string ofKey, int bits)
    {
        await using var provider = await IdentityProvider.StartAsync(JsonNode.Parse(ofKey)!.AsObject(), bits);
        await using var server = await StartAsync(provider);
        (await MeAsync(server, provider.Token("s5", "user@first.test"))).Expect(status);
    }

    [Fact]
    public async Task Keys_that_rotate_are_found_and_a_provider_that_is_gone_is_said_to_be()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var server = await StartAsync(provider);
        (await MeAsync(server, provider.Token("s4", "user@first.test"))).Expect(200);
        provider.Rotate();
        await Overmind.Testing.Poll.UntilAsync(async () => (await MeAsync(server, provider.Token("s4", "user@first.test"))).Status == 200);

        provider.Rotate();
        var unread = provider.Token("s4", "user@first.test");
        await provider.DisposeAsync();
        await Overmind.Testing.Poll.UntilAsync(async () => (await MeAsync(server, unread)).Status == 503);
        (await MeAsync(server, unread)).ExpectProblem(503, "identity_provider_unavailable").Header("Retry-After").ShouldNotBeNull();
    }

    Task<ApiServer> StartAsync(IdentityProvider provider, bool isSignUpOpen = false) => servers.StartAsync(configure: options => options with
    {
        IsSignUpOpen = isSignUpOpen,
        ExternalIdentities = new ExternalIdentityOptions { Issuer = provider.Issuer, Audience = "overmind" },
    });

    static async Task<Answer> MeAsync(ApiServer server, string token)
    {
        using var api = server.As(token);
        return await api.GetAsync("/v1/me");
    }
}
