using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    public async Task A_token_that_was_made_up_or_changed_is_refused_and_never_fails()
    {
        var (header, payload, signature) = Parts((await SignedIn.AsAsync(server, "user@first.test")).AccessToken);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var x = Base64Url(JsonDocument.Parse((await server.Anonymous.GetAsync("/.well-known/jwks.json")).Text).RootElement.GetProperty("keys")[0].GetProperty("x").GetString()!);
        var tokens = new Dictionary<string, string>
        {
            ["nothing"] = "..",
            ["no header"] = $".{payload}.{signature}",
            ["not JSON"] = $"{Base64Url("{")}.{payload}.{signature}",
            ["no base64"] = $"{header}.!!!.{signature}",
            ["alg none"] = $"{With(header, "alg", "none")}.{payload}.",
            ["alg None"] = $"{With(header, "alg", "None")}.{payload}.",
            ["alg none with a signature"] = $"{With(header, "alg", "none")}.{payload}.{signature}",
            ["no signature"] = $"{header}.{payload}.",
            ["signature of zeros"] = $"{header}.{payload}.{Base64UrlEncoder.Encode(new byte[64])}",
            ["DER signature"] = Signed(other, header, payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            ["another key under our kid"] = Signed(other, header, payload, HashAlgorithmName.SHA256),
            ["another key under another kid"] = Signed(other, With(header, "kid", Guid.CreateVersion7().ToString()), payload, HashAlgorithmName.SHA256),
            ["no kid"] = Signed(other, With(header, "kid", null), payload, HashAlgorithmName.SHA256),
            ["its own key"] = Signed(other, With(header, "jwk", new JsonObject { ["kty"] = "EC", ["crv"] = "P-256" }), payload, HashAlgorithmName.SHA256),
            ["another curve"] = Signed(otherCurve, With(header, "alg", "ES384"), payload, HashAlgorithmName.SHA384),
            ["HMAC with the public key"] = Hmac(With(header, "alg", "HS256"), payload, x),
            ["a critical header"] = $"{With(header, "crit", new JsonArray("exp"))}.{payload}.{signature}",
            ["another subject"] = $"{header}.{With(payload, "sub", server.Tenants.First.Admin.UserId.ToString())}.{signature}",
            ["another role"] = $"{header}.{With(payload, "org_role", "admin")}.{signature}",
            ["another organization"] = $"{header}.{With(payload, "org_id", server.Tenants.Second.OrganizationId.ToString())}.{signature}",
            ["a changed signature"] = $"{header}.{payload}.{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}",
            ["five parts"] = $"{header}.{payload}.{signature}.{payload}.{signature}",
            ["very long"] = $"{header}.{new string('A', 20_000)}.{signature}",
        };
        foreach (var (what, token) in tokens)
        {
            using var api = server.Anonymous;
            var answer = await api.GetAsync("/v1/me", ("Authorization", "Bearer " + token));
            answer.Status.ShouldBe(401, what);
            answer.ExpectProblem(401, "invalid_access_token");
        }
    }

    [Fact]
    public async Task A_token_of_another_issuer_or_audience_or_without_a_claim_is_refused_though_our_key_signed_it()
    {
        var key = await server.Services.GetRequiredService<SigningKeys>().CurrentAsync(default);
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        var (header, payload, _) = Parts(signedIn.AccessToken);
        using (var same = server.As(Signed(key.SecurityKey.ECDsa, header, payload, HashAlgorithmName.SHA256)))
            (await same.GetAsync("/v1/me")).Expect(200);
        foreach (var (claim, value) in ((string, JsonNode?)[])
        [
            ("iss", "somebody"), ("iss", null), ("aud", "another"), ("aud", null), ("exp", null), ("exp", "soon"), ("sub", null), ("sub", "me"), ("sub", 5), ("session_id", null), ("org_id", null),
            ("org_id", "' or 1=1"),
        ])
        {
            using var api = server.As(Signed(key.SecurityKey.ECDsa, header, With(payload, claim, value), HashAlgorithmName.SHA256));
            (await api.GetAsync("/v1/me")).ExpectProblem(401, "invalid_access_token");
        }
        using var expired = server.As(Signed(key.SecurityKey.ECDsa, header, With(payload, "exp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1), HashAlgorithmName.SHA256));
        (await expired.GetAsync("/v1/me")).ExpectProblem(401, "access_token_expired");
        using var unknown = server.As(Signed(key.SecurityKey.ECDsa, header, With(payload, "session_id", Guid.CreateVersion7().ToString()), HashAlgorithmName.SHA256));
        (await unknown.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
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

    static (string Header, string Payload, string Signature) Parts(string token) => token.Split('.') is [var header, var payload, var signature]
        ? (header, payload, signature)
        : throw new InvalidOperationException("no JWS");

    static string With(string part, string member, JsonNode? value)
    {
        var json = JsonNode.Parse(Base64UrlEncoder.Decode(part))!.AsObject();
        if (value is null) json.Remove(member);
        else json[member] = value;
        return Base64Url(json.ToJsonString());
    }

    static string Signed(ECDsa key, string header, string payload, HashAlgorithmName hash, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation) =>
        $"{header}.{payload}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), hash, format))}";

    static string Hmac(string header, string payload, string key) =>
        $"{header}.{payload}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes($"{header}.{payload}")))}";

    static string Base64Url(string text) => Base64UrlEncoder.Encode(text);
}
