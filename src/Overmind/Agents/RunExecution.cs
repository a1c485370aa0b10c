using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Overmind.Jobs;
using Overmind.Models;
using static Overmind.Agents.RunMove;

namespace Overmind.Agents;

/// <summary>
/// One worker's turn at one run: asks the planner, makes the calls, records what comes in. Calls that end together are recorded together,
/// and the transaction that records them opens the calls that come next.
/// </summary>
sealed class RunExecution : IDisposable
{
    /// <summary>Streamed text is stored in pieces of about this age.</summary>
    static readonly TimeSpan DeltaAge = TimeSpan.FromMilliseconds(100);

    /// <summary>A run looks this often whether it is to stop, should the notification be lost.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    readonly Job _job;
    readonly RunWork _work;
    readonly RunSnapshot _snapshot;
    readonly RunWorkStore _store;
    readonly ChatModels _models;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly CancellationTokenSource _calls;
    readonly Dictionary<string, ModelCall> _inAir = [];
    readonly HashSet<string> _waiting = [];
    readonly List<ModelCall> _opened = [];
    readonly List<(string StepKey, TimeSpan Wait)> _retries = [];
    readonly Channel<object> _signals = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    bool _cancelled;
    long _written;

    public RunExecution(
        Job job, RunWork work, RunWorkStore store, ChatModels models, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        (_job, _work, _store, _models, _time, _logger) = (job, work, store, models, time, logger);
        _snapshot = RunSnapshotJson.Read(work.SnapshotJson);
        _calls = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancelled = work.Run.CancelRequestedAt is not null;
    }

    bool DeadlinePassed => _snapshot.Deadline is { } deadline && _time.GetUtcNow() >= deadline;

    /// <summary>Wakes the run to look whether it is to stop; returns at once.</summary>
    public void Look() => _signals.Writer.TryWrite(Signal.Look);

    /// <summary>To the run's end, or until it is another worker's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var record = new RunRecord(_work);
        foreach (var (step, promptTokens, streamed) in _work.Orphans)
            record.Settle(step, CallUsage.Estimate(step.Model, promptTokens, streamed));
        Advance(record);
        while (await WriteAsync(record, cancellationToken))
        {
            foreach (var call in _opened) Start(call);
            foreach (var (stepKey, wait) in _retries) Retry(stepKey, wait);
            _opened.Clear();
            _retries.Clear();
            record = await NextAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        // What is still in the air is stopped, and nobody reads it any more.
        _calls.Cancel();
        _calls.Dispose();
    }

    /// <summary>False when there is nothing left to do here.</summary>
    async Task<bool> WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var (written, cancelRequested) = await _store.WriteAsync(_job, record, record.Ends ? JobStore.Complete(_job) : null, cancellationToken);
        _written = _time.GetTimestamp();
        if (!written)
        {
            _logger.RunLetGo(_work.Run.Id);
            return false;
        }

        if (record.Ends)
        {
            _logger.RunEnded(_work.Run.Id, LowerSnake.Write(_work.Run.Status), LowerSnake.Write(_work.Run.TerminationReason!.Value));
            return false;
        }

        if (cancelRequested && !_cancelled)
        {
            _cancelled = true;
            Look();
        }

        return true;
    }

    /// <summary>Waits until there is something to write, and returns it.</summary>
    async Task<RunRecord> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = new RunRecord(_work);
            var results = new List<CallResult>();
            var look = false;
            while (_signals.Reader.TryRead(out var signal))
            {
                if (signal is CallResult result) results.Add(result);
                else if (signal is string stepKey) _waiting.Remove(stepKey);
                look = true;
            }

            foreach (var result in results) Record(record, result);
            // A record without a change is a look at the fence and at the wish to cancel.
            if (look || DeadlinePassed || _time.GetElapsedTime(_written) >= Poll)
            {
                Advance(record);
                return record;
            }

            if (Stream(record)) return record;
            await WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for the next signal, for text to store, or for the deadline; for some seconds at most.</summary>
    async Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _inAir.Count > 0 ? DeltaAge - (_inAir.Values.Max(c => c.Text.Age()) ?? TimeSpan.Zero) : Poll;
        if (_snapshot.Deadline - _time.GetUtcNow() is { } left && left < wait) wait = left;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, timeout.Token);
        var signal = _signals.Reader.WaitToReadAsync(timeout.Token).AsTask();
        await Task.WhenAny(signal, delay);
        await timeout.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Plans what comes next, as far as it is not in the air already: opens calls or ends the run.</summary>
    void Advance(RunRecord record)
    {
        if (_cancelled || DeadlinePassed) Abandon(record);
        if (_cancelled)
        {
            record.End(
                RunStatus.Cancelled, TerminationReason.Cancelled, RunPlanner.Best(_snapshot, _work.Recorded()), null, Unfinished(), _snapshot, Now());
            return;
        }

        switch (RunPlanner.Next(_snapshot, _work.Recorded(), _time.GetUtcNow(), _work.Run.CostUsd ?? 0))
        {
            case EndRun { End: var end } when _inAir.Count == 0:
                record.End(
                    LowerSnake.Read<RunStatus>(end.Status)!.Value, end.TerminationReason, end.Kept, RunErrors.Of(end), Unfinished(), _snapshot, Now());
                break;
            case CallModels { Calls: var calls, Iteration: var iteration }:
                if (!_work.Steps.Exists(s => s.Iteration == iteration))
                    record.Events.IterationStarted(iteration, iteration == 1 ? null : new RunProgress(_snapshot, _work.Recorded()).Directive(iteration));
                foreach (var call in calls.Where(c => !_inAir.ContainsKey(c.StepKey) && !_waiting.Contains(c.StepKey))) Open(record, call);
                break;
        }
    }

    void Open(RunRecord record, PlannedCall planned)
    {
        var promptTokens = ModelCall.EstimatePrompt(planned);
        var call = new ModelCall(planned, record.Open(planned, promptTokens), promptTokens, _time);
        _inAir[planned.StepKey] = call;
        _opened.Add(call);
    }

    void Record(RunRecord record, CallResult result)
    {
        var (planned, step) = (result.Call.Planned, result.Call.Step);
        _inAir.Remove(planned.StepKey);
        record.Settle(step, result.Usage());
        if (result.Failure is { } failure)
        {
            _logger.ModelCallFailed(failure, _work.Run.Id, planned.Model.ToString(), planned.StepKey, step.Attempt);
            step.Failures++;
            if (CallFailure.IsTransient(failure) && step.Failures < CallFailure.MaxFailures)
            {
                _waiting.Add(planned.StepKey);
                _retries.Add((planned.StepKey, CallFailure.Wait(step.Failures)));
                return;
            }

            Fail(record, step, CallFailure.Describe(planned.Model, failure));
            return;
        }

        var outcome = RunPlanner.Judge(_snapshot, planned, step.ToRecorded(), result.Text, result.Truncated);
        step.Output = result.Text;
        switch (outcome)
        {
            case StepOutcome.SendBack { Reason: var reason }:
                (step.SentBack, step.ErrorMessage) = (true, reason);
                record.Events.StepSentBack(step, reason);
                break;
            case StepOutcome.Failed { Reason: var reason }:
                Fail(record, step, reason);
                break;
            case StepOutcome.Succeeded { Remark: var remark }:
                (step.Status, step.ErrorMessage) = (StepStatus.Succeeded, remark);
                record.Events.StepCompleted(step);
                if (planned.Phase is StepPhase.Inspect)
                {
                    var recorded = _work.Recorded();
                    record.Iteration(RunPlanner.Iterations(_snapshot, recorded)[planned.Iteration - 1], RunPlanner.Best(_snapshot, recorded));
                }

                break;
        }
    }

    static void Fail(RunRecord record, StepState step, string reason)
    {
        (step.Status, step.ErrorMessage) = (StepStatus.Failed, reason);
        record.Events.StepFailed(step);
    }

    /// <summary>Stops what is in the air and counts what it used by estimate.</summary>
    void Abandon(RunRecord record)
    {
        _calls.Cancel();
        foreach (var call in _inAir.Values)
            record.Settle(call.Step, CallUsage.Estimate(call.Planned.Model, call.PromptTokens, call.Text.Whole()));
        foreach (var step in _work.Steps.Where(s => s.Status is StepStatus.Running))
        {
            step.Status = StepStatus.Cancelled;
            record.Changed(step);
        }

        _inAir.Clear();
        _waiting.Clear();
    }

    /// <summary>Adds what has streamed in for a while; false when there is nothing.</summary>
    bool Stream(RunRecord record)
    {
        if (!_inAir.Values.Any(c => c.Text.Age() >= DeltaAge)) return false;
        foreach (var call in _inAir.Values)
        {
            if (call.Text.Age() is null || call.Text.Take() is not { Length: > 0 } delta) continue;
            record.Events.StepDelta(call.Step, delta);
            call.Step.HasDeltas = true;
        }

        return record.Events.Any;
    }

    /// <summary>What the last iteration came to, when it was not inspected.</summary>
    IterationResult? Unfinished() => RunPlanner.Iterations(_snapshot, _work.Recorded()) is [.., { Complete: false } last] ? last : null;

    void Start(ModelCall call) => _ = Task.Run(async () => _signals.Writer.TryWrite(await call.RunAsync(_models, _calls.Token)), CancellationToken.None);

    void Retry(string stepKey, TimeSpan wait) => _ = Task.Run(
        async () =>
        {
            await Task.Delay(wait, _time, _calls.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _signals.Writer.TryWrite(stepKey);
        },
        CancellationToken.None);

    DateTimeOffset Now() => StoredTime.Now(_time);

    enum Signal
    {
        Look,
    }
}
