namespace Overmind.Client;

/// <summary>The version of a resource as the server writes it: microseconds since 1970 in hex.</summary>
static class VersionTag
{
    public static string? Of(DateTimeOffset? updatedAt) =>
        updatedAt is { } since ? $"\"{(since - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond:x}\"" : null;
}
