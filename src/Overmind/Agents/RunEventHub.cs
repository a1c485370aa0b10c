using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>Wakes the readers of runs when an event was written, on whichever node: one LISTEN for all of them.</summary>
public sealed class RunEventHub(NotificationListener listener, TimeProvider time)
{
    readonly NotificationSignals _signals = new(listener, "run_event");

    /// <summary>Wakes its holder for the run from now on, until it is disposed.</summary>
    internal RunWatch Watch(Guid runId) => new(_signals, runId, time);
}
