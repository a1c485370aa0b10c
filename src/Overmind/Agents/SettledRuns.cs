using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>Tells of a member's runs that have ended or wait for an approval, on whichever node: one LISTEN for all of them. What falls into a lost connection is not told.</summary>
public sealed class SettledRuns
{
    readonly Lock _lock = new();
    readonly Dictionary<Guid, List<Action<Guid>>> _waiting = [];

    public SettledRuns(NotificationListener listener) => listener.Subscribe("run_settled", Receive);

    /// <summary>Calls back with the id of each run of the user's that has ended or waits, until it is disposed.</summary>
    /// <param name="settled">Returns at once and does not throw.</param>
    public IDisposable Watch(Guid userId, Action<Guid> settled)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(userId, out var waiting)) _waiting[userId] = waiting = [];
            waiting.Add(settled);
        }

        return new Registration(this, userId, settled);
    }

    /// <param name="payload">The owner's id and the run's; null when notifications may have been missed.</param>
    void Receive(string? payload)
    {
        if (payload?.Split(' ') is not [var user, var run] || !Guid.TryParse(user, out var userId) || !Guid.TryParse(run, out var runId)) return;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(userId, out var waiting)) return;
            foreach (var settled in waiting) settled(runId);
        }
    }

    void Remove(Guid userId, Action<Guid> settled)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(userId, out var waiting) && waiting.Remove(settled) && waiting.Count == 0) _waiting.Remove(userId);
        }
    }

    sealed class Registration(SettledRuns runs, Guid userId, Action<Guid> settled) : IDisposable
    {
        public void Dispose() => runs.Remove(userId, settled);
    }
}
