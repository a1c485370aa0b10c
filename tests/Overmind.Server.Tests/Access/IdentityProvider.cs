using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Overmind.Server.Tests.Access;

/// <summary>A little OpenID provider on a socket: discovery, keys that rotate, and tokens.</summary>
sealed class IdentityProvider : IAsyncDisposable
{
    readonly WebApplication running;
    readonly JsonObject said;
    RsaSecurityKey key;

    IdentityProvider(WebApplication app, JsonObject ofKey, int bits) => (running, said, key) = (app, ofKey, NewKey(bits));

    public string Issuer => running.Urls.Single();

    /// <summary>What it signs with.</summary>
    public RSA Key => key.Rsa;

    /// <param name="ofKey">What else its key says of itself, or says otherwise.</param>
    public static async Task<IdentityProvider> StartAsync(JsonObject? ofKey = null, int bits = 2048)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new IdentityProvider(app, ofKey ?? [], bits);
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = provider.Issuer, ["jwks_uri"] = provider.Issuer + "/keys" }.ToJsonString(), "application/json"));
        app.MapGet("/keys", () => Results.Text(provider.Keys(), "application/json"));
        await app.StartAsync();
        return provider;
    }

    public void Rotate() => key = NewKey(2048);

    public string Token(string subject, string? email, bool verified = true, string audience = "overmind", string? issuer = null, TimeSpan? lifetime = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["name"] = "Person of " + subject, ["email_verified"] = verified };
        if (email is not null)
            claims["email"] = email;
        var unsigned = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Expires = (TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(5))).UtcDateTime,
            Claims = claims,
        });
        return Jws.Parse(unsigned).WithHeader("alg", SecurityAlgorithms.RsaSha256).WithHeader("kid", key.KeyId).SignedBy(Key).ToString();
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    static RsaSecurityKey NewKey(int bits) => new(RSA.Create(bits)) { KeyId = Guid.CreateVersion7().ToString() };

    string Keys()
    {
        var parameters = key.Rsa.ExportParameters(false);
        var published = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
        foreach (var (member, value) in said)
            published[member] = value?.DeepClone();
        return new JsonObject { ["keys"] = new JsonArray(published) }.ToJsonString();
    }
}
