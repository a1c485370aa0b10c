using System.Collections.Concurrent;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>
/// Slows guessing, on each node by itself, without a row that an attacker makes the database write. Failures are counted three times: for an e-mail from an
/// address (5 are free, then 1 s, 2 s, … 15 minutes), for an address whatever the e-mail (50 free, up to 15 minutes), and for an e-mail whatever the address
/// (100 free, up to one minute). So guessing by many machines is slowed and locks nobody out for longer than that; and whoever has signed in from their
/// address before is not held up by what others do.
/// </summary>
public sealed class SignInBackOff(TimeProvider time)
{
    const int MaxKnown = 100_000;

    readonly FailureCounter _pairs = new(time, 5, TimeSpan.FromMinutes(15));
    readonly FailureCounter _addresses = new(time, 50, TimeSpan.FromMinutes(15));
    readonly FailureCounter _accounts = new(time, 100, TimeSpan.FromMinutes(1));
    readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the attempt may be made.</summary>
    internal ThrottledAttempt? Find(string email, RequestOrigin? origin)
    {
        var (account, address) = (Account(email), Address(origin));
        var pair = Pair(account, address);
        (FailureCounter Counter, string Key)[] counts = _known.ContainsKey(pair) ? [(_pairs, pair), (_addresses, address)] : [(_pairs, pair), (_addresses, address), (_accounts, account)];
        var (counter, key) = counts.MaxBy(count => count.Counter.Wait(count.Key));
        var wait = counter.Wait(key);
        return wait > TimeSpan.Zero ? new ThrottledAttempt(wait, counter.IsNews(key)) : null;
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.TooManyAttempts"/>, with the time to wait.</exception>
    public void Check(string email, RequestOrigin? origin)
    {
        if (Find(email, origin) is { } throttled)
            throw throttled.ToError();
    }

    public void Failed(string email, RequestOrigin? origin)
    {
        var (account, address) = (Account(email), Address(origin));
        _pairs.Failed(Pair(account, address));
        _addresses.Failed(address);
        _accounts.Failed(account);
    }

    /// <summary>The counts of the address stay: one good account is no leave to guess at others.</summary>
    public void Succeeded(string email, RequestOrigin? origin)
    {
        var (account, address) = (Account(email), Address(origin));
        _pairs.Succeeded(Pair(account, address));
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known.TryAdd(Pair(account, address), 0);
    }

    static string Account(string email) => email.Trim().ToLowerInvariant();

    static string Address(RequestOrigin? origin) => origin?.Ip?.ToString() ?? "";

    static string Pair(string account, string address) => $"{account}\n{address}";
}
