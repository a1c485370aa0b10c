using System.Collections.Concurrent;
using Overmind.Access;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>
/// How many requests a minute an API key, or a session, may make on this node. It is kept in memory: what it protects is the node, from one caller that runs
/// wild. The headers are those of draft-ietf-httpapi-ratelimit-headers.
/// </summary>
/// <param name="perMinute">0 for no limit: then there are no headers either.</param>
sealed class RateLimits(TimeProvider time, int perMinute)
{
    public const string Policy = "api_key";
    public const string Header = "RateLimit";
    public const string PolicyHeader = "RateLimit-Policy";

    const int WindowSeconds = 60;

    readonly string _policy = $"\"{Policy}\";q={perMinute};w={WindowSeconds}";
    readonly long _second = time.TimestampFrequency;
    readonly long _window = time.TimestampFrequency * WindowSeconds;
    readonly long _cost = perMinute == 0 ? 0 : time.TimestampFrequency * WindowSeconds / perMinute;
    readonly ConcurrentDictionary<Guid, Allowance> _allowances = new();

    /// <summary>Counts the request and says what is left. Not null: it is refused for this reason.</summary>
    public OvermindException? Take(HttpResponse response, Caller caller)
    {
        if (perMinute == 0)
            return null;
        var allowance = _allowances.GetOrAdd(caller.Id, static _ => new Allowance());
        var used = allowance.Take(time.GetTimestamp(), _cost, _window);
        response.Headers[PolicyHeader] = _policy;
        if (used >= 0)
        {
            response.Headers[Header] = allowance.Tell((_window - used) / _cost, Seconds(used));
            return null;
        }
        response.Headers[Header] = allowance.Tell(0, Seconds(-used));
        return new OvermindException(
            ErrorCode.RateLimited, $"This API key or session makes more than {perMinute} requests a minute. Wait as long as Retry-After says.")
        {
            RetryAfter = TimeSpan.FromSeconds(Seconds(-used)),
        };
    }

    long Seconds(long ticks) => (ticks + _second - 1) / _second;
}
