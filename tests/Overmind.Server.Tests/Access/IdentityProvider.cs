using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Overmind.Server.Tests.Access;

/// <summary>A little OpenID provider on a socket: discovery, keys that rotate, and tokens.</summary>
sealed class IdentityProvider : IAsyncDisposable
{
    readonly WebApplication running;
    RsaSecurityKey key = NewKey();

    IdentityProvider(WebApplication app) => running = app;

    public string Issuer => running.Urls.Single();

    public static async Task<IdentityProvider> StartAsync()
    {
        var app = WebApplication.Create();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new IdentityProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = provider.Issuer, ["jwks_uri"] = provider.Issuer + "/keys" }.ToJsonString(), "application/json"));
        app.MapGet("/keys", () => Results.Text(provider.Keys(), "application/json"));
        await app.StartAsync();
        return provider;
    }

    public void Rotate() => key = NewKey();

    public string Token(string subject, string? email, bool verified = true, string audience = "overmind", string? issuer = null, TimeSpan? lifetime = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["name"] = "Person of " + subject, ["email_verified"] = verified };
        if (email is not null)
            claims["email"] = email;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Expires = (TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(5))).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.CreateVersion7().ToString() };

    string Keys()
    {
        var parameters = key.Rsa.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = key.KeyId,
                ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
                ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
            }),
        }.ToJsonString();
    }
}
