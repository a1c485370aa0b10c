using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>Passes a channel's notifications, whose payload is a run's id, to those who wait for that run.</summary>
sealed class RunSignals
{
    readonly Lock _lock = new();
    readonly Dictionary<Guid, List<Action>> _waiting = [];

    public RunSignals(NotificationListener listener, string channel) => listener.Subscribe(channel, Receive);

    /// <summary>Calls back for each notification of the run, and whenever some may have been missed, until it is disposed.</summary>
    /// <param name="received">Returns at once and does not throw.</param>
    public IDisposable Register(Guid runId, Action received)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(runId, out var waiting)) _waiting[runId] = waiting = [];
            waiting.Add(received);
        }

        return new Registration(this, runId, received);
    }

    /// <param name="payload">Null when notifications may have been missed.</param>
    void Receive(string? payload)
    {
        lock (_lock)
        {
            if (payload is null)
                foreach (var received in _waiting.Values.SelectMany(w => w)) received();
            else if (Guid.TryParse(payload, out var runId) && _waiting.TryGetValue(runId, out var waiting))
                foreach (var received in waiting) received();
        }
    }

    void Remove(Guid runId, Action received)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(runId, out var waiting) && waiting.Remove(received) && waiting.Count == 0) _waiting.Remove(runId);
        }
    }

    sealed class Registration(RunSignals signals, Guid runId, Action received) : IDisposable
    {
        public void Dispose() => signals.Remove(runId, received);
    }
}
