using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Overmind.Access.Accounts;

/// <summary>What a link in a mail carries: 64 hex digits, 256 random bits, of which the database has the SHA-256 alone.</summary>
readonly record struct OneTimeToken
{
    const int Length = 64;

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    OneTimeToken(string text) => Text = text;

    public string Text { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static OneTimeToken Generate() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    /// <summary>Null when the text is no token.</summary>
    public static OneTimeToken? Parse(string text) => text.Length == Length && !text.AsSpan().ContainsAnyExcept(LowerHex) ? new OneTimeToken(text) : null;

    /// <summary>Without the secret.</summary>
    public override string ToString() => "…";
}
