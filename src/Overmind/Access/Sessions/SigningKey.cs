using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Overmind.Access.Sessions;

/// <summary>A key that signs access tokens: P-256, for ES256 (RFC 7518, section 3.4).</summary>
sealed class SigningKey
{
    SigningKey(Guid id, ECDsa key, JsonObject publicKey, DateTimeOffset? retiredAt) =>
        (Id, PublicKey, RetiredAt, SecurityKey) = (id, publicKey, retiredAt, new ECDsaSecurityKey(key) { KeyId = id.ToString() });

    public Guid Id { get; }

    /// <summary>As RFC 7517 has it.</summary>
    public JsonObject PublicKey { get; }

    /// <summary>When a newer one took its place; null: it signs.</summary>
    public DateTimeOffset? RetiredAt { get; }

    public ECDsaSecurityKey SecurityKey { get; }

    public static SigningKey Generate()
    {
        var id = Guid.CreateVersion7();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(id, key, Jwk(id, key), null);
    }

    /// <param name="pkcs8">As <see cref="Export"/> gives it.</param>
    public static SigningKey Import(Guid id, string pkcs8, DateTimeOffset? retiredAt)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return new SigningKey(id, key, Jwk(id, key), retiredAt);
    }

    /// <summary>The private half in base64. Secret: stored encrypted alone.</summary>
    public string Export() => Convert.ToBase64String(SecurityKey.ECDsa.ExportPkcs8PrivateKey());

    static JsonObject Jwk(Guid id, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
            ["kid"] = id.ToString(),
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
        };
    }
}
