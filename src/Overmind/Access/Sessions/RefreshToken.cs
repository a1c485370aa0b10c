using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Overmind.Access.Sessions;

/// <summary>
/// A refresh token: <c>rt_live_{64 hex}</c>, 256 random bits, of which the database has the SHA-256 alone. Its successor is an HMAC of a random salt
/// under the token itself: two callers who refresh at once are given the same one, and nobody makes it from the database or from the token alone.
/// </summary>
public readonly record struct RefreshToken
{
    const string Start = "rt_live_";
    const int SecretLength = 64;

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    RefreshToken(string text) => Text = text;

    /// <summary>The whole token. Secret: never log it.</summary>
    public string Text { get; }

    /// <summary>The SHA-256 of the token in lower hex.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static RefreshToken Generate() => new(Start + RandomNumberGenerator.GetHexString(SecretLength, lowercase: true));

    /// <summary>Null when the text is no token.</summary>
    public static RefreshToken? Parse(string text) =>
        text.Length == Start.Length + SecretLength && text.StartsWith(Start, StringComparison.Ordinal) && !text.AsSpan(Start.Length).ContainsAnyExcept(LowerHex)
            ? new RefreshToken(text)
            : null;

    /// <summary>A salt for <see cref="Successor"/>.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The token that follows this one.</summary>
    public RefreshToken Successor(byte[] salt) => new(Start + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Text), salt)));

    /// <summary>Without the secret.</summary>
    public override string ToString() => Text is null ? "" : Start + "…";
}
