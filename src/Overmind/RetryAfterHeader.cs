using System.Net.Http.Headers;

namespace Overmind;

/// <summary><c>Retry-After</c> (RFC 9110, 10.2.3): how long a server wants to be left alone.</summary>
static class RetryAfterHeader
{
    /// <summary>Not below zero; null when it is not said, or not readable.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
