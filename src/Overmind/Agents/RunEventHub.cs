using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>Wakes the readers of runs when an event was written, on whichever node: one LISTEN for all of them.</summary>
public sealed class RunEventHub
{
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    readonly Dictionary<Guid, HashSet<RunWatch>> _watches = [];

    public RunEventHub(NotificationListener listener, TimeProvider time)
    {
        _time = time;
        listener.Subscribe("run_event", Wake);
    }

    /// <summary>Wakes its holder for the run from now on, until it is disposed.</summary>
    internal RunWatch Watch(Guid runId)
    {
        var watch = new RunWatch(this, runId, _time);
        lock (_lock)
        {
            if (!_watches.TryGetValue(runId, out var watches)) _watches[runId] = watches = [];
            watches.Add(watch);
        }

        return watch;
    }

    internal void Remove(RunWatch watch)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(watch.RunId, out var watches) && watches.Remove(watch) && watches.Count == 0)
                _watches.Remove(watch.RunId);
        }
    }

    /// <param name="payload">The run's id, or null when notifications may have been missed.</param>
    void Wake(string? payload)
    {
        lock (_lock)
        {
            if (payload is null)
                foreach (var watch in _watches.Values.SelectMany(w => w)) watch.Wake();
            else if (Guid.TryParse(payload, out var runId) && _watches.TryGetValue(runId, out var watches))
                foreach (var watch in watches) watch.Wake();
        }
    }
}
