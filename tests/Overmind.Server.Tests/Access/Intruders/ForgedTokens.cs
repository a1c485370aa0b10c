using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Overmind.Errors;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>What becomes of a token in the hands of somebody who would like to be another. RFC 8725 names most of these; Wycheproof's vectors the others.</summary>
static class ForgedTokens
{
    /// <summary>Of an access token that is good, by somebody without the key that signed it.</summary>
    /// <param name="publicKey">That anybody reads at <c>/.well-known/jwks.json</c>.</param>
    public static IEnumerable<Intruder> Of(Jws good, ECDsa publicKey)
    {
        var theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var theirJwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(theirs));
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = theirJwk.X, ["y"] = theirJwk.Y };
        var hs256 = good.WithHeader("alg", "HS256");

        foreach (var none in (string[])["none", "None", "NONE", "nOnE"])
        {
            yield return Forged($"alg {none}", good.WithHeader("alg", none) with { Signature = "" });
            yield return Forged($"alg {none} and a signature", good.WithHeader("alg", none));
        }
        yield return Forged("no alg", good.WithHeader("alg", null));
        yield return Forged("no signature", good with { Signature = "" });

        yield return Forged("an HMAC under the public key's PEM", hs256.SignedBy(Encoding.ASCII.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem())));
        yield return Forged("an HMAC under the public key's DER", hs256.SignedBy(publicKey.ExportSubjectPublicKeyInfo()));
        yield return Forged("an HMAC under the public key's x", hs256.SignedBy(publicKey.ExportParameters(false).Q.X!));
        yield return Forged("an HMAC under nothing", hs256.SignedBy([]));

        yield return Forged("another key under our kid", good.SignedBy(theirs));
        yield return Forged("another key under a kid of its own", good.WithHeader("kid", Guid.CreateVersion7().ToString()).SignedBy(theirs));
        yield return Forged("no kid", good.WithHeader("kid", null).SignedBy(theirs));
        yield return Forged("a path for a kid", good.WithHeader("kid", "../../../dev/null").SignedBy([]));
        yield return Forged("SQL for a kid", good.WithHeader("kid", "' or true --").SignedBy(theirs));
        yield return Forged("a list for a kid", good.WithHeader("kid", new JsonArray(1)).SignedBy(theirs));
        yield return Forged("its key in its header", good.WithHeader("jwk", jwk).SignedBy(theirs));
        yield return Forged("the address of its key set", good.WithHeader("jku", "http://127.0.0.1:9/keys").SignedBy(theirs));
        yield return Forged("the address of its certificate", good.WithHeader("x5u", "http://127.0.0.1:9/certificate").SignedBy(theirs));
        yield return Forged("its certificate", good.WithHeader("x5c", new JsonArray(Convert.ToBase64String(theirs.ExportSubjectPublicKeyInfo()))).SignedBy(theirs));
        yield return Forged("another curve", good.WithHeader("alg", "ES384").SignedBy(ECDsa.Create(ECCurve.NamedCurves.nistP384)));
        yield return Forged("another algorithm in its header", good.WithHeader("alg", "ES512"));

        yield return Forged("a bit flipped at the front of its signature", good.Flipped(0));
        yield return Forged("a bit flipped at the end of its signature", good.Flipped(63));
        yield return Forged("a signature of zeros", good.Signed(new byte[64]));
        yield return Forged("a signature of the order of the curve", good.Signed([.. Order, .. Order]));
        yield return Forged("a signature in DER", good.SignedBy(theirs, DSASignatureFormat.Rfc3279DerSequence));
        yield return Forged("half of its signature", good.Signed(Base64UrlEncoder.DecodeBytes(good.Signature)[..32]));
        yield return Forged("more than its signature", good.Signed([.. Base64UrlEncoder.DecodeBytes(good.Signature), 0]));

        yield return Forged("another subject", good.WithClaim("sub", Guid.CreateVersion7().ToString()));
        yield return Forged("another role", good.WithClaim("org_role", "owner"));
        yield return Forged("another organization", good.WithClaim("org_id", Guid.CreateVersion7().ToString()));
        yield return Forged("a later end", good.WithClaim("exp", 4102444800));
        yield return Forged("a critical extension that nobody knows", good.WithHeader("crit", new JsonArray("overmind")).WithHeader("overmind", true));

        yield return Forged("nothing in its parts", new Jws("", "", ""));
        yield return Forged("no header", good with { Header = "" });
        yield return Forged("a header that is no JSON", good with { Header = Base64UrlEncoder.Encode("{") });
        yield return Forged("a payload that is no base64", good with { Payload = "!!!" });
        yield return Forged("a very long payload", good with { Payload = new string('A', 10_000) });
        yield return Forged("the parts of an encrypted token", good with { Signature = $"{good.Signature}.{good.Payload}.{good.Signature}" });
    }

    /// <summary>Signed by our own key, and yet not for here, or not now.</summary>
    public static IEnumerable<Intruder> SignedByUs(Jws good, ECDsa key)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (string Claim, JsonNode? Value)[] claims =
        [
            ("iss", "somebody"), ("iss", null), ("aud", "another"), ("aud", null), ("exp", null), ("exp", "soon"), ("nbf", now + 3600), ("nbf", "now"),
            ("sub", null), ("sub", "me"), ("sub", 5), ("session_id", null), ("org_id", null), ("org_id", "' or 1=1"),
        ];
        foreach (var (claim, value) in claims)
            yield return Forged($"{claim} {value?.ToJsonString() ?? "left out"}", good.WithClaim(claim, value).SignedBy(key));
        yield return Forged("a critical extension", good.WithHeader("crit", new JsonArray("overmind")).WithHeader("overmind", true).SignedBy(key));
        yield return Forged("an empty list of critical extensions", good.WithHeader("crit", new JsonArray()).SignedBy(key));
        yield return Intruder.With(good.WithClaim("exp", now - 1).SignedBy(key).ToString(), "a token that has expired", ErrorCode.AccessTokenExpired);
        yield return Intruder.With(good.WithClaim("session_id", Guid.CreateVersion7().ToString()).SignedBy(key).ToString(), "a token of no session", ErrorCode.SessionEnded);
    }

    /// <summary>In the name of the OpenID provider.</summary>
    public static IEnumerable<Intruder> Of(IdentityProvider provider, IdentityProvider another)
    {
        var good = Jws.Parse(provider.Token("s1", "admin@first.test"));
        var hs256 = good.WithHeader("alg", "HS256");
        yield return Forged("the provider's token, alg none", good.WithHeader("alg", "none") with { Signature = "" });
        yield return Forged("the provider's token, an HMAC under its public key's PEM", hs256.SignedBy(Encoding.ASCII.GetBytes(provider.Key.ExportSubjectPublicKeyInfoPem())));
        yield return Forged("the provider's token, an HMAC under its public key's DER", hs256.SignedBy(provider.Key.ExportSubjectPublicKeyInfo()));
        yield return Forged("the provider's token, signed by another", good.SignedBy(another.Key));
        yield return Forged("the provider's token, another subject", good.WithClaim("sub", "s2"));
        yield return Forged("the provider's token, another address", good.WithClaim("email", "user@first.test"));
        yield return Forged("the provider's token, a bit flipped", good.Flipped(100));
        yield return Forged("the provider's token, no kid", good.WithHeader("kid", null));
        yield return Forged("the provider's token, a critical extension", good.WithHeader("crit", new JsonArray("overmind")).SignedBy(provider.Key));
        yield return Forged("the provider's token, no end", good.WithClaim("exp", null).SignedBy(provider.Key));
        yield return Forged("the provider's token, not yet good", good.WithClaim("nbf", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600).SignedBy(provider.Key));
        yield return Forged("the provider's token for others", Jws.Parse(provider.Token("s1", "admin@first.test", audience: "another")));
        yield return Forged("another provider's token", Jws.Parse(another.Token("s1", "admin@first.test")));
        yield return Forged("another provider's token in the provider's name", Jws.Parse(another.Token("s1", "admin@first.test", issuer: provider.Issuer)));
        yield return Intruder.With(provider.Token("s1", "admin@first.test", lifetime: TimeSpan.FromSeconds(-1)), "the provider's token, expired", ErrorCode.AccessTokenExpired);
        yield return Intruder.With(provider.Token("s1", "admin@first.test", verified: false), "somebody of the provider whose address it has not verified", ErrorCode.IdentityUnknown);
        yield return Intruder.With(provider.Token("s1", "nobody@example.com"), "somebody of the provider whom nobody knows here", ErrorCode.IdentityUnknown);
    }

    // Of P-256: what a signature's numbers must be below.
    static byte[] Order => Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    static Intruder Forged(string what, Jws token) => Intruder.With(token.ToString(), $"a token with {what}", ErrorCode.InvalidAccessToken);
}
