using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Overmind.Access.Sessions;

namespace Overmind.Server.Tests.Access;

public class AccessTokenTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_token_has_the_claims_of_Supabases_and_the_organization_and_verifies_by_the_published_keys()
    {
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        using var anonymous = server.Anonymous;
        var published = (await anonymous.GetAsync("/.well-known/jwks.json")).Expect(200);
        published.Header("Content-Type").ShouldBe("application/jwk-set+json");
        published.Text.ShouldNotContain("\"d\"");

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(signedIn.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = "overmind",
            ValidAudience = "authenticated",
            IssuerSigningKeys = new JsonWebKeySet(published.Text).GetSigningKeys(),
        });

        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        var user = server.Tenants.First.User;
        (result.Claims["sub"], result.Claims["role"], result.Claims["org_id"], result.Claims["org_role"], result.Claims["session_id"])
            .ShouldBe((user.UserId.ToString(), "authenticated", user.OrganizationId.ToString(), "user", signedIn.SessionId.ToString()));
    }

    [Fact]
    public async Task A_new_signing_key_signs_nobody_out()
    {
        await using var own = await servers.StartAsync();
        var keys = own.Services.GetRequiredService<SigningKeys>();
        var before = await SignedIn.AsAsync(own, "user@first.test");

        var rotated = await keys.RotateAsync(default);

        var after = await SignedIn.AsAsync(own, "user@first.test");
        new JsonWebToken(after.AccessToken).Kid.ShouldBe(rotated.ToString());
        foreach (var token in new[] { before.AccessToken, after.AccessToken })
        {
            using var api = own.As(token);
            (await api.GetAsync("/v1/me")).Expect(200);
        }
        (await own.Anonymous.GetAsync("/.well-known/jwks.json")).Json.GetProperty("keys").GetArrayLength().ShouldBe(2);

        await own.Database.ExecuteAsync("update overmind.signing_keys set retired_at = now() - interval '2 days' where id <> $1", rotated);
        await keys.RotateAsync(default);
        using var forgotten = own.As(before.AccessToken);
        (await own.Anonymous.GetAsync("/.well-known/jwks.json")).Json.GetProperty("keys").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_a_new_key_looks_for_it()
    {
        await using var own = await servers.StartAsync();
        var keys = own.Services.GetRequiredService<SigningKeys>();
        await keys.CurrentAsync(default);
        var made = SigningKey.Generate();
        (await keys.FindAsync(made.Id.ToString(), default)).ShouldBeNull();
        var store = new SigningKeyStore(own.Database.Database, own.Services.GetRequiredService<SecretCipher>());
        await store.AddAsync(made, rotate: true, default);
        await Overmind.Testing.Poll.UntilAsync(async () => await keys.FindAsync(made.Id.ToString(), default) is not null);
    }
}
