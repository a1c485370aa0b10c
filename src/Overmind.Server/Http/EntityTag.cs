using System.IO.Hashing;
using Microsoft.Net.Http.Headers;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>
/// The tag of a resource: when it was last changed, in microseconds, as the database keeps it, and a digest of how it is written. If-Match
/// looks at the first, so that what is only counted (uses, ratings) is no reason to refuse an edit; If-None-Match at both.
/// </summary>
static class EntityTag
{
    // The digest keeps nothing secret, and each GET pays for it.
    public static string Of(DateTimeOffset updatedAt, ReadOnlySpan<byte> json) => $"\"{Microseconds(updatedAt):x}-{XxHash3.HashToUInt64(json):x16}\"";

    /// <summary>Whether the caller of a GET has what this tag stands for.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == tag);

    /// <summary>The change time that If-Match asks for; null when any will do.</summary>
    /// <exception cref="OvermindException">It is not one this server gave out: then nothing can match it.</exception>
    public static DateTimeOffset? Required(HttpRequest request)
    {
        if (request.Headers.IfMatch is not [{ Length: > 0 } tag] || tag == "*")
            return null;
        return tag.Length > 2 && tag[0] == '"' && tag[^1] == '"'
            && long.TryParse(Version(tag.AsSpan(1, tag.Length - 2)), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var microseconds)
            && microseconds is >= 0 and < long.MaxValue / 10
                ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
                : throw new OvermindException(
                    ErrorCode.PreconditionFailed, "If-Match names no version of this resource. Read it again and take its ETag.");
    }

    // A caller who knows updated_at alone leaves the digest out.
    static ReadOnlySpan<char> Version(ReadOnlySpan<char> tag) => tag.IndexOf('-') is >= 0 and var end ? tag[..end] : tag;

    static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
