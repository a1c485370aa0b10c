using Microsoft.Extensions.Logging;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>
/// Does the jobs of kind <c>step_replay</c>: one call, reserved in the ledger before and settled after, whose answer is judged as the step's would be.
/// </summary>
[Job(ReplayJob.Kind)]
sealed class ReplayJobHandler(
    RunStore runs, ReplayStore replays, ReplayService service, CallPrices prices, CachedModels models, TimeProvider time, ILogger<ReplayJobHandler> logger) : JobHandler<ReplayJobPayload>
{
    /// <summary>What a lost worker had called is settled by estimate and called again, as in a run.</summary>
    internal static readonly JobKindOptions Options = new() { MaxAttempts = 5, RetryWhenLost = true, CallsModels = true, CarriedBy = "It carries a replay: ask for another." };

    /// <inheritdoc/>
    public override async Task HandleAsync(ReplayJobPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        var claims = ReplayJob.Claims(job);
        // The run may have been deleted since, and its replays with it.
        if (await replays.FindRowAsync(job, cancellationToken) is not { } replay
            || await runs.FindAsync(claims, replay.RunId, cancellationToken) is not { } run
            || await CallAsync(claims, replay, cancellationToken) is not { } call) return;
        var orphaned = await LostAsync(claims, replay, call, cancellationToken);
        var (taken, block) = await replays.TakeAsync(job, replay, run.ConversationId, call.PromptTokens, call.Planned.MaxTokens, orphaned, cancellationToken);
        if (!taken) return;
        if (block is not null)
        {
            await replays.PutBackAsync(job, replay, cancellationToken);
            throw BudgetGate.Refusal(block, time);
        }

        var result = await call.RunAsync(models, claims, told: null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var ended = result.Ended with { LedgerId = LedgerIds.Of(replay.Id, replay.Attempt + 1) };
        var used = await prices.PriceAsync(claims, ended, cancellationToken);
        await replays.RecordAsync(job, replay, await OutcomeAsync(claims, replay, result, cancellationToken), used, orphaned, cancellationToken);
        context.IsEndRecorded = true;
    }

    /// <inheritdoc/>
    public override async Task GiveUpAsync(ReplayJobPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        if (await replays.FindRowAsync(job, cancellationToken) is not { } replay
            || await CallAsync(ReplayJob.Claims(job), replay, cancellationToken) is not { } call) return;
        await replays.GiveUpAsync(
            job, replay, new ReplayOutcome(ReplayStatus.Failed, null, RunErrors.Internal.Message, null),
            await LostAsync(ReplayJob.Claims(job), replay, call, cancellationToken), cancellationToken);
    }

    /// <summary>What each lost attempt counts for, at the price of the last one.</summary>
    Task<CallUsage> LostAsync(Claims claims, StepReplayRow replay, ModelCall call, CancellationToken cancellationToken) => prices.PriceAsync(
        claims,
        new EndedCall(LedgerIds.Of(replay.Id, Math.Max(1, replay.Attempt)), call.Planned.Model, CallUsage.Estimate(CallOutcome.Lost, call.Planned.Model, call.PromptTokens, "")),
        cancellationToken);

    async Task<ModelCall?> CallAsync(Claims claims, StepReplayRow replay, CancellationToken cancellationToken)
    {
        if (await service.CallAsync(claims, replay.RunId, replay.StepId, cancellationToken) is not { } planned) return null;
        var again = planned with { Model = new ModelReference(replay.Provider, replay.Model), Temperature = replay.Temperature };
        var step = new StepState { Id = replay.Id, StepKey = again.StepKey, Iteration = again.Iteration, Phase = again.Phase, Model = again.Model };
        return new ModelCall(again, step, ModelCall.EstimatePrompt(again), time);
    }

    async Task<ReplayOutcome> OutcomeAsync(Claims claims, StepReplayRow replay, CallResult result, CancellationToken cancellationToken)
    {
        var (planned, text) = (result.Call.Planned, result.Text.Length == 0 ? null : result.Text);
        if (result.Failure is { } failure)
        {
            logger.ReplayFailed(failure, replay.Id, planned.Model.ToString());
            return new ReplayOutcome(ReplayStatus.Failed, text, CallFailure.Describe(planned.Model, failure), null);
        }

        var snapshot = (await runs.SnapshotAsync(claims, replay.RunId, cancellationToken))!;
        // One answer, as it is: nothing is sent back.
        var recorded = result.Call.Step.ToRecorded() with { SentBack = true };
        return RunPlanner.Judge(snapshot, planned, recorded, result.Text, result.Truncated) switch
        {
            StepOutcome.Failed { Reason: var reason } => new ReplayOutcome(ReplayStatus.Failed, text, reason, null),
            StepOutcome.Succeeded { Remark: var remark } => new ReplayOutcome(
                ReplayStatus.Succeeded, text, remark, planned.Phase is StepPhase.Inspect ? Verdict.Parse(result.Text, result.Truncated, out _)?.Score : null),
            _ => new ReplayOutcome(ReplayStatus.Succeeded, text, null, null),
        };
    }
}
