using System.Collections.Concurrent;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>How many mails may be asked for from one address: 20 an hour, counted on each node by itself.</summary>
public sealed class AddressLimit(TimeProvider time)
{
    const int PerHour = 20;
    const int MaxTracked = 10_000;
    static readonly TimeSpan Window = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> _counts = new(StringComparer.Ordinal);

    /// <exception cref="OvermindException"><see cref="ErrorCode.TooManyAttempts"/>, with the time to wait.</exception>
    public void Take(RequestOrigin? origin)
    {
        var now = time.GetUtcNow();
        if (_counts.Count >= MaxTracked)
            Forget(now);
        var (since, count) = _counts.AddOrUpdate(
            origin?.Ip?.ToString() ?? "", _ => (now, 1), (_, seen) => now - seen.Since >= Window ? (now, 1) : (seen.Since, seen.Count + 1));
        if (count > PerHour)
            throw new OvermindException(ErrorCode.TooManyAttempts, $"At most {PerHour} mails an hour are sent for one address. Try again later.") { RetryAfter = since + Window - now };
    }

    void Forget(DateTimeOffset now)
    {
        foreach (var (address, seen) in _counts)
            if (now - seen.Since >= Window)
                _counts.TryRemove(address, out _);
        if (_counts.Count >= MaxTracked)
            _counts.Clear();
    }
}
