using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Overmind.Access.Invitations;

/// <summary>What the link of an invitation carries: <c>inv_{32 hex organization}_{64 hex secret}</c>. The database has the SHA-256 of the secret alone.</summary>
readonly record struct InvitationToken
{
    const string Start = "inv_";
    const int Length = 4 + 32 + 1 + 64;

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    InvitationToken(string text, Guid organizationId) => (Text, OrganizationId) = (text, organizationId);

    public string Text { get; }

    public Guid OrganizationId { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text[^64..])));

    public static InvitationToken Generate(Guid organizationId) =>
        new($"{Start}{organizationId:N}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}", organizationId);

    /// <summary>Null when the text is no token.</summary>
    public static InvitationToken? Parse(string text) =>
        text.Length == Length && text.StartsWith(Start, StringComparison.Ordinal) && text[Start.Length + 32] == '_'
        && Guid.TryParseExact(text.AsSpan(Start.Length, 32), "N", out var organizationId) && !text.AsSpan(Length - 64).ContainsAnyExcept(LowerHex)
            ? new InvitationToken(text, organizationId)
            : null;

    /// <summary>Without the secret.</summary>
    public override string ToString() => Start + "…";
}
