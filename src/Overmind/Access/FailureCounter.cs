using System.Collections.Concurrent;

namespace Overmind.Access;

/// <summary>Counts failures by a key: after so many that are free, the next attempt waits a second, then two, four, up to the longest.</summary>
sealed class FailureCounter(TimeProvider time, int free, TimeSpan longest)
{
    const int MaxTracked = 10_000;

    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset NotBefore)> _failures = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);

    /// <summary>How long the next attempt must wait.</summary>
    public TimeSpan Wait(string key) =>
        _failures.TryGetValue(key, out var entry) && entry.NotBefore - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;

    /// <summary>Whether this is the first time that the wait of a key is asked about: true once for each failure that made it wait.</summary>
    public bool IsNews(string key)
    {
        if (!_failures.TryGetValue(key, out var entry) || _told.TryGetValue(key, out var told) && told == entry.NotBefore)
            return false;
        if (_told.Count >= MaxTracked)
            _told.Clear();
        _told[key] = entry.NotBefore;
        return true;
    }

    public void Failed(string key)
    {
        if (_failures.Count >= MaxTracked)
            Forget();
        _failures.AddOrUpdate(key, _ => (1, time.GetUtcNow()), (_, entry) => (Standing(entry) + 1, NotBefore(Standing(entry) + 1)));
    }

    public void Succeeded(string key) => _failures.TryRemove(key, out _);

    // A day without a failure wipes the slate.
    int Standing((int Failures, DateTimeOffset NotBefore) entry) => entry.NotBefore + TimeSpan.FromDays(1) < time.GetUtcNow() ? 0 : entry.Failures;

    DateTimeOffset NotBefore(int failures)
    {
        if (failures < free)
            return time.GetUtcNow();
        var seconds = Math.Min(Math.Pow(2, failures - free), longest.TotalSeconds);
        return time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
    }

    void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, entry) in _failures)
            if (entry.NotBefore + longest < now)
                _failures.TryRemove(key, out _);
        // Nothing is old enough: someone floods with made-up addresses, and memory is worth more than their counts.
        if (_failures.Count >= MaxTracked)
            _failures.Clear();
    }
}
