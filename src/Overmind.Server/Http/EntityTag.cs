using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>The version of a resource: when it was last changed, in microseconds, as the database keeps it.</summary>
static class EntityTag
{
    public static void Set(HttpResponse response, DateTimeOffset updatedAt) =>
        response.Headers.ETag = $"\"{Microseconds(updatedAt):x}\"";

    /// <summary>The change time that If-Match asks for; null when any will do.</summary>
    /// <exception cref="OvermindException">It is not one this server gave out: then nothing can match it.</exception>
    public static DateTimeOffset? Required(HttpRequest request)
    {
        if (request.Headers.IfMatch is not [{ Length: > 0 } tag] || tag == "*")
            return null;
        return tag.Length > 2 && tag[0] == '"' && tag[^1] == '"'
            && long.TryParse(tag.AsSpan(1, tag.Length - 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var microseconds)
            && microseconds is >= 0 and < long.MaxValue / 10
                ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
                : throw new OvermindException(
                    ErrorCode.PreconditionFailed, "If-Match names no version of this resource. Read it again and take its ETag.");
    }

    static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
