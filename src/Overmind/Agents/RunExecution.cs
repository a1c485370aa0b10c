using Microsoft.Extensions.Logging;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;
using static Overmind.Agents.RunMove;

namespace Overmind.Agents;

/// <summary>
/// One worker's turn at one run: asks the planner, makes the calls, records what comes in. Calls that end together are recorded together,
/// and the transaction that records them opens the calls that come next.
/// </summary>
sealed class RunExecution : IDisposable
{
    /// <summary>A run looks this often whether it is to stop, should the notification be lost.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    readonly Job _job;
    readonly RunWork _work;
    readonly RunSnapshot _snapshot;
    readonly RunWorkStore _store;
    readonly CallPrices _prices;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly CallsInAir _calls;
    bool _cancelled;
    BudgetBlock? _blocked;
    long _written;

    public RunExecution(
        Job job, RunWork work, RunSnapshot snapshot, RunWorkStore store, CallPrices prices, CachedModels models, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        (_job, _work, _store, _prices, _time, _logger) = (job, work, store, prices, time, logger);
        _snapshot = snapshot;
        _calls = new CallsInAir(models, RunJob.Claims(job), time, cancellationToken);
        _cancelled = work.Run.CancelRequestedAt is not null;
    }

    bool DeadlinePassed => _snapshot.Deadline is { } deadline && _time.GetUtcNow() >= deadline;

    /// <summary>Wakes the run to look whether it is to stop; returns at once.</summary>
    public void Look() => _calls.Wake();

    /// <summary>To the run's end, or until it is another worker's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var record = RunRecord.First(_work, await PriceAsync(_work.Orphans.Select(o => o.Ended), cancellationToken));
        await AdvanceAsync(record, cancellationToken);
        while (await WriteAsync(record, cancellationToken))
        {
            _calls.Launch();
            record = await NextAsync(cancellationToken);
        }
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>False when there is nothing left to do here.</summary>
    async Task<bool> WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var (written, cancelRequested, blocked) = await _store.WriteAsync(_job, record, JobEnd(record), cancellationToken);
        _written = _time.GetTimestamp();
        if (!written)
        {
            _logger.RunLetGo(_work.Run.Id);
            return false;
        }

        if (record.Waits)
        {
            _logger.RunWaits(_work.Run.Id, _work.Run.Waiting!.Iteration);
            return false;
        }

        if (record.IsPutBack) return false;
        foreach (var (stepId, block) in blocked)
        {
            _calls.Drop(stepId);
            if (_blocked is null || !block.IsBusy) _blocked = block;
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

    /// <summary>While the run waits nobody holds its job; it comes due at the deadline, or when somebody has decided or the budget lets it.</summary>
    IReadOnlyList<Statement> JobEnd(RunRecord record) => record switch
    {
        { Waits: true } when _work.Run.Waiting!.BudgetId is not null => RunStatements.Block(_job, _work.Run, _blocked!),
        { Waits: true } => [RunStatements.Postpone(_job, _work.Run)],
        { IsPutBack: true } => [RunStatements.PutBack(_job)],
        { Ends: true } => [JobStore.Complete(_job)],
        _ => [],
    };

    /// <summary>Waits until there is something to write, and returns it.</summary>
    async Task<RunRecord> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = new RunRecord(_work);
            var results = _calls.Take();
            var used = await PriceAsync((results ?? []).Select(r => r.Ended), cancellationToken);
            foreach (var (result, usage) in (results ?? []).Zip(used)) Record(record, result, usage);
            // What they held of a budget is free again.
            if (results is { Count: > 0 } && _blocked is { IsBusy: true }) _blocked = null;
            // A record without a change is a look at the fence and at the wish to cancel.
            if (results is not null || (_blocked is not null && !_calls.Any) || DeadlinePassed || _time.GetElapsedTime(_written) >= Poll)
            {
                await AdvanceAsync(record, cancellationToken);
                return record;
            }

            foreach (var (step, text) in _calls.TakeText()) record.Stream(step, text);
            if (record.Events.Any) return record;
            await _calls.WaitAsync(_snapshot.Deadline - _time.GetUtcNow() is { } left && left < Poll ? left : Poll, cancellationToken);
        }
    }

    /// <summary>Plans what comes next, as far as it is not in the air already: opens calls or ends the run.</summary>
    async Task AdvanceAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (_cancelled || DeadlinePassed) await AbandonAsync(record, cancellationToken);
        if (_cancelled)
        {
            record.End(
                RunStatus.Cancelled, TerminationReason.Cancelled, RunPlanner.Best(_snapshot, _work.Recorded()), null, Unfinished(), _snapshot, Now());
            return;
        }

        switch (RunPlanner.Next(_snapshot, _work.Recorded(), _time.GetUtcNow(), _work.Run.CostUsd ?? 0))
        {
            case EndRun { End: var end } when !_calls.Any:
                record.End(
                    LowerSnake.Read<RunStatus>(end.Status)!.Value, end.TerminationReason, end.Kept, RunErrors.Of(end), Unfinished(), _snapshot, Now());
                break;
            case AwaitApproval { Waiting: var waiting } when !_calls.Any:
                record.Wait(waiting);
                break;
            case CallModels when _blocked is not null && _calls.Any:
                // They are brought to their end.
                break;
            case CallModels when _blocked is { IsBusy: true }:
                record.PutBack();
                break;
            case CallModels { Iteration: var iteration } when _blocked is { } block:
                record.Wait(RunWaiting.ForBudget(iteration, block, _work.Run.CostUsd, Now()));
                break;
            case CallModels { Calls: var calls, Iteration: var iteration }:
                if (!_work.Steps.Exists(s => s.Iteration == iteration))
                    record.Events.IterationStarted(iteration, iteration == 1 ? null : new RunProgress(_snapshot, _work.Recorded()).Directive(iteration));
                foreach (var call in calls.Where(c => !_calls.Has(c.StepKey))) Open(record, call);
                break;
        }
    }

    void Open(RunRecord record, PlannedCall planned)
    {
        var promptTokens = ModelCall.EstimatePrompt(planned);
        var step = record.Open(planned, promptTokens);
        _calls.Add(new ModelCall(planned, step, promptTokens, _time) { Cache = StepCache.Of(_snapshot, _work.Run, step), Question = StepCache.Question(_snapshot.Question) });
    }

    void Record(RunRecord record, CallResult result, CallUsage usage)
    {
        var (planned, step) = (result.Call.Planned, result.Call.Step);
        record.Settle(step, usage);
        if (result.Failure is { } failure)
        {
            _logger.ModelCallFailed(failure, _work.Run.Id, planned.Model.ToString(), planned.StepKey, step.Attempt);
            step.Failures++;
            if (CallFailure.IsTransient(failure) && step.Failures < CallFailure.MaxFailures)
            {
                _calls.AddLater(planned.StepKey, CallFailure.Wait(step.Failures));
                return;
            }

            Fail(record, step, CallFailure.Describe(planned.Model, failure), CallFailure.Code(failure));
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
            case StepOutcome.Delegated { Delegation: var delegation }:
                (step.Delegation, step.ErrorMessage) = (delegation, null);
                record.Events.StepDelegated(step, delegation);
                break;
            case StepOutcome.Failed { Reason: var reason }:
                Fail(record, step, reason, null);
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

    static void Fail(RunRecord record, StepState step, string reason, string? code)
    {
        (step.Status, step.ErrorMessage, step.ErrorCode) = (StepStatus.Failed, reason, code);
        record.Events.StepFailed(step);
    }

    /// <summary>Stops what is in the air and counts what it used by estimate.</summary>
    async Task AbandonAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var stopped = _calls.Stop().Select(call => (call.Step, Ended: new EndedCall(call.Step.LedgerId, call.Planned.Model, call.Stopped()))).ToList();
        var used = await PriceAsync(stopped.Select(s => s.Ended), cancellationToken);
        foreach (var ((step, _), usage) in stopped.Zip(used)) record.Settle(step, usage);
        foreach (var step in _work.Steps.Where(s => s.Status is StepStatus.Running))
        {
            step.Status = StepStatus.Cancelled;
            record.Changed(step);
        }
    }

    Task<IReadOnlyList<CallUsage>> PriceAsync(IEnumerable<EndedCall> calls, CancellationToken cancellationToken) =>
        _prices.PriceAsync(RunJob.Claims(_job), [.. calls], cancellationToken);

    /// <summary>What the last iteration came to, when it was not inspected.</summary>
    IterationResult? Unfinished() => RunPlanner.Iterations(_snapshot, _work.Recorded()) is [.., { Complete: false } last] ? last : null;

    DateTimeOffset Now() => StoredTime.Now(_time);
}
