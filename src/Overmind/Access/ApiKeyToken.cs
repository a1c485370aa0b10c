using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Overmind.Access;

/// <summary>
/// A bearer token: <c>sk_live_{8 hex id}_{32 hex organization}_{64 hex secret}</c>. It names its organization, so that the key is looked up
/// within one tenant; the secret is 256 random bits, of which the database has the SHA-256 alone.
/// </summary>
public readonly record struct ApiKeyToken
{
    const string Start = "sk_live_";
    const int OrganizationAt = 17;
    const int SecretAt = 50;
    const int Length = 114;

    ApiKeyToken(string text, Guid organizationId) => (Text, OrganizationId) = (text, organizationId);

    /// <summary>The whole token. Secret: never log it.</summary>
    public string Text { get; }

    public Guid OrganizationId { get; }

    /// <summary>What may be shown: <c>sk_live_1a2b3c4d</c>.</summary>
    public string Prefix => Text[..(OrganizationAt - 1)];

    /// <summary>The SHA-256 of the secret part in lower hex. A search by it tells nothing by its time: nobody can choose a hash's digits.</summary>
    public string SecretHash
    {
        get
        {
            Span<byte> secret = stackalloc byte[Length - SecretAt];
            Encoding.ASCII.GetBytes(Text.AsSpan(SecretAt), secret);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(secret, hash);
            return Convert.ToHexStringLower(hash);
        }
    }

    /// <summary>A new token of an organization.</summary>
    public static ApiKeyToken Generate(Guid organizationId) => new(
        $"{Start}{RandomNumberGenerator.GetHexString(8, lowercase: true)}_{organizationId:N}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}",
        organizationId);

    /// <summary>Null when the text is no token.</summary>
    public static ApiKeyToken? Parse(string text) =>
        text.Length == Length
        && text.StartsWith(Start, StringComparison.Ordinal)
        && text[OrganizationAt - 1] == '_'
        && text[SecretAt - 1] == '_'
        && IsHex(text.AsSpan(SecretAt))
        && Guid.TryParseExact(text.AsSpan(OrganizationAt, 32), "N", out var organizationId)
            ? new ApiKeyToken(text, organizationId)
            : null;

    /// <summary>Without the secret, so that a token that strays into a log does no harm.</summary>
    public override string ToString() => Text is null ? "" : Prefix + "_…";

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
