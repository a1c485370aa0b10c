namespace Overmind.Postgres;

/// <summary>Passes a channel's notifications to those who wait for their payload: a run's id, the key of a call.</summary>
sealed class NotificationSignals
{
    readonly Lock _lock = new();
    readonly Dictionary<string, List<Action>> _waiting = new(StringComparer.Ordinal);

    public NotificationSignals(NotificationListener listener, string channel) => listener.Subscribe(channel, Receive);

    /// <summary>Calls back for each notification with that payload, and whenever some may have been missed, until it is disposed.</summary>
    /// <param name="received">Returns at once and does not throw.</param>
    public IDisposable Register(string payload, Action received)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(payload, out var waiting)) _waiting[payload] = waiting = [];
            waiting.Add(received);
        }

        return new Registration(this, payload, received);
    }

    /// <param name="payload">Null when notifications may have been missed.</param>
    void Receive(string? payload)
    {
        lock (_lock)
        {
            if (payload is null)
                foreach (var received in _waiting.Values.SelectMany(w => w)) received();
            else if (_waiting.TryGetValue(payload, out var waiting))
                foreach (var received in waiting) received();
        }
    }

    void Remove(string payload, Action received)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(payload, out var waiting) && waiting.Remove(received) && waiting.Count == 0) _waiting.Remove(payload);
        }
    }

    sealed class Registration(NotificationSignals signals, string payload, Action received) : IDisposable
    {
        public void Dispose() => signals.Remove(payload, received);
    }
}
