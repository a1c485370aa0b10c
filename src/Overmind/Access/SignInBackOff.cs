using System.Collections.Concurrent;
using Overmind.Errors;

namespace Overmind.Access;

/// <summary>
/// Slows guessing: after five failures in a row for an e-mail from an address, the next attempt waits 1 s, then 2 s, 4 s, up to 15 minutes.
/// Counted on each node by itself.
/// </summary>
public sealed class SignInBackOff(TimeProvider time)
{
    const int FreeFailures = 5;
    const int MaxTracked = 10_000;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset NotBefore)> _failures = new(StringComparer.Ordinal);

    /// <exception cref="OvermindException"><see cref="ErrorCode.TooManyAttempts"/>, with the time to wait.</exception>
    public void Check(string email, string address)
    {
        if (!_failures.TryGetValue(Key(email, address), out var entry) || entry.NotBefore - time.GetUtcNow() is not { Ticks: > 0 } wait)
            return;
        var seconds = Math.Ceiling(wait.TotalSeconds);
        throw new OvermindException(ErrorCode.TooManyAttempts, $"Too many attempts have failed. Try again in {seconds} seconds.") { RetryAfter = wait };
    }

    public void Failed(string email, string address)
    {
        if (_failures.Count >= MaxTracked)
            Forget();
        _failures.AddOrUpdate(Key(email, address), _ => (1, time.GetUtcNow()), (_, entry) => (entry.Failures + 1, NotBefore(entry.Failures + 1)));
    }

    public void Succeeded(string email, string address) => _failures.TryRemove(Key(email, address), out _);

    DateTimeOffset NotBefore(int failures)
    {
        if (failures < FreeFailures)
            return time.GetUtcNow();
        var seconds = Math.Min(Math.Pow(2, failures - FreeFailures), Longest.TotalSeconds);
        return time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
    }

    void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, entry) in _failures)
            if (entry.NotBefore + Longest < now)
                _failures.TryRemove(key, out _);
        // Nothing is old enough: someone floods with made-up addresses, and memory is worth more than their counts.
        if (_failures.Count >= MaxTracked)
            _failures.Clear();
    }

    static string Key(string email, string address) => $"{email.Trim().ToLowerInvariant()}\n{address}";
}
