using System.Threading.Channels;
using Overmind.Postgres;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>The calls that a run has made and not recorded yet, and everything else that wakes it.</summary>
sealed class CallsInAir : IDisposable
{
    /// <summary>Streamed text is stored in pieces of about this age; a step's first at once.</summary>
    static readonly TimeSpan DeltaAge = TimeSpan.FromMilliseconds(100);

    readonly CachedModels _models;
    readonly Claims _claims;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _stop;
    readonly CancellationToken _stopped;
    readonly Dictionary<string, ModelCall> _calls = [];
    readonly HashSet<string> _waiting = [];
    readonly List<(string StepKey, Action Launch)> _toLaunch = [];

    /// <summary>Null: there is text to take.</summary>
    readonly Channel<Action<List<CallResult>>?> _signals =
        Channel.CreateUnbounded<Action<List<CallResult>>?>(new UnboundedChannelOptions { SingleReader = true });

    public CallsInAir(CachedModels models, Claims claims, TimeProvider time, CancellationToken cancellationToken)
    {
        (_models, _claims, _time) = (models, claims, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopped = _stop.Token;
    }

    public bool Any => _calls.Count > 0;

    /// <summary>Wakes the run; returns at once.</summary>
    public void Wake() => _signals.Writer.TryWrite(_ => { });

    /// <summary>True when a step's call is in the air, or waits to be made again.</summary>
    public bool Has(string stepKey) => _calls.ContainsKey(stepKey) || _waiting.Contains(stepKey);

    /// <summary>A call to be made once it is recorded as opened.</summary>
    public void Add(ModelCall call)
    {
        _calls.Add(call.Planned.StepKey, call);
        _toLaunch.Add((call.Planned.StepKey, () => _ = Task.Run(
            async () =>
            {
                var result = await call.RunAsync(_models, _claims, () => _signals.Writer.TryWrite(null), _stopped);
                _signals.Writer.TryWrite(results => results.Add(result));
            },
            CancellationToken.None)));
    }

    /// <summary>A step whose call failed, to be called again after a while, counted from the record of the failure.</summary>
    public void AddLater(string stepKey, TimeSpan wait)
    {
        _waiting.Add(stepKey);
        _toLaunch.Add((stepKey, () => _ = Task.Run(
            async () =>
            {
                await Task.Delay(wait, _time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _signals.Writer.TryWrite(_ => _waiting.Remove(stepKey));
            },
            CancellationToken.None)));
    }

    /// <summary>Forgets a call that was added and may not be made.</summary>
    public void Drop(Guid stepId)
    {
        var key = _calls.Values.First(c => c.Step.Id == stepId).Planned.StepKey;
        _calls.Remove(key);
        _toLaunch.RemoveAll(l => l.StepKey == key);
    }

    /// <summary>Makes the calls that were added; to be called when what opened them is written.</summary>
    public void Launch()
    {
        foreach (var (_, launch) in _toLaunch) launch();
        _toLaunch.Clear();
    }

    /// <summary>Takes what has come in: the results, or none when the run was only woken. Null when nothing has, or text alone.</summary>
    public IReadOnlyList<CallResult>? Take()
    {
        List<CallResult>? results = null;
        while (_signals.Reader.TryRead(out var signal)) signal?.Invoke(results ??= []);
        foreach (var result in results ?? []) _calls.Remove(result.Call.Planned.StepKey);
        return results;
    }

    /// <summary>The text that has streamed in, when some of it has waited long enough to be stored.</summary>
    public IReadOnlyList<(StepState Step, string Text)> TakeText() =>
        _calls.Values.Any(c => c.Text.IsBeginning() || c.Text.Age() >= DeltaAge) ? [.. _calls.Values.Where(c => c.Text.Age() is not null).Select(c => (c.Step, c.Text.Take()))] : [];

    /// <summary>Stops all calls and returns them.</summary>
    public IReadOnlyList<ModelCall> Stop()
    {
        _stop.Cancel();
        var stopped = _calls.Values.ToList();
        _calls.Clear();
        _waiting.Clear();
        return stopped;
    }

    /// <summary>Until something comes in or there is text to store.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var wait = _calls.Values.Max(c => c.Text.Age()) is { } age ? DeltaAge - age : atMost;
        if (atMost < wait) wait = atMost;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, timeout.Token);
        var signal = _signals.Reader.WaitToReadAsync(timeout.Token).AsTask();
        await Task.WhenAny(signal, delay);
        await timeout.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        // What is still in the air is stopped, and nobody reads it any more.
        _stop.Cancel();
        _stop.Dispose();
    }
}
