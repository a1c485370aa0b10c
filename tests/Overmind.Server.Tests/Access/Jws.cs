using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Overmind.Server.Tests.Access;

/// <summary>A signed token in its three parts, to be taken apart and put together otherwise.</summary>
sealed record Jws(string Header, string Payload, string Signature)
{
    public static Jws Parse(string token) => token.Split('.') is [var header, var payload, var signature]
        ? new(header, payload, signature)
        : throw new FormatException("no JWS in its compact form");

    public override string ToString() => $"{Header}.{Payload}.{Signature}";

    /// <summary>With another value in the header; null takes it out. The signature stays as it was.</summary>
    public Jws WithHeader(string member, JsonNode? value) => this with { Header = With(Header, member, value) };

    /// <summary>The same in the payload.</summary>
    public Jws WithClaim(string claim, JsonNode? value) => this with { Payload = With(Payload, claim, value) };

    public Jws SignedBy(ECDsa key, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation) =>
        Signed(key.SignData(Signing, key.KeySize > 256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256, format));

    public Jws SignedBy(RSA key) => Signed(key.SignData(Signing, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>With an HMAC under any bytes.</summary>
    public Jws SignedBy(byte[] secret) => Signed(HMACSHA256.HashData(secret, Signing));

    public Jws Signed(byte[] signature) => this with { Signature = Base64UrlEncoder.Encode(signature) };

    /// <summary>With one bit of the signature flipped.</summary>
    public Jws Flipped(int at)
    {
        var bytes = Base64UrlEncoder.DecodeBytes(Signature);
        bytes[at] ^= 1;
        return Signed(bytes);
    }

    byte[] Signing => Encoding.ASCII.GetBytes($"{Header}.{Payload}");

    static string With(string part, string member, JsonNode? value)
    {
        var json = JsonNode.Parse(Base64UrlEncoder.Decode(part))!.AsObject();
        if (value is null)
            json.Remove(member);
        else
            json[member] = value;
        return Base64UrlEncoder.Encode(json.ToJsonString());
    }
}
