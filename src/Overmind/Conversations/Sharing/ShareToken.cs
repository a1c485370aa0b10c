using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Overmind.Conversations.Sharing;

/// <summary>
/// What stands in a link: <c>shr_{32 hex organization}_{32 hex secret}</c>. It names its organization, so that the share is looked up within one tenant; the secret
/// is 128 random bits, of which the database has the SHA-256 alone.
/// </summary>
readonly record struct ShareToken
{
    const string Start = "shr_";
    const int SecretAt = 37;
    const int Length = 69;

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    ShareToken(string text, Guid organizationId) => (Text, OrganizationId) = (text, organizationId);

    /// <summary>The whole token. Secret: never log it.</summary>
    public string Text { get; }

    public Guid OrganizationId { get; }

    /// <summary>The SHA-256 of the secret part in lower hex. A search by it tells nothing by its time: nobody can choose a hash's digits.</summary>
    public string SecretHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text[SecretAt..])));

    public static ShareToken Generate(Guid organizationId) =>
        new($"{Start}{organizationId:N}_{RandomNumberGenerator.GetHexString(32, lowercase: true)}", organizationId);

    /// <summary>One of nobody's where the text is no token, so that it is looked up as any other and refused as late.</summary>
    public static ShareToken Parse(string text) =>
        text.Length == Length
        && text.StartsWith(Start, StringComparison.Ordinal)
        && text[SecretAt - 1] == '_'
        && text.AsSpan(SecretAt).IndexOfAnyExcept(LowerHex) < 0
        && Guid.TryParseExact(text.AsSpan(Start.Length, 32), "N", out var organizationId)
            ? new ShareToken(text, organizationId)
            : Generate(Guid.Empty);

    /// <summary>Without the secret, so that a token that strays into a log does no harm.</summary>
    public override string ToString() => $"{Start}…";
}
