using System.Runtime.CompilerServices;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>Tries a prompt, or an agent, on a model. Each call is reserved in the ledger before it is made and settled after it.</summary>
public sealed class PlaygroundService(
    AgentService agents, PlaygroundStore store, ChatModels models, CachedModels cached, TimeProvider time)
{
    /// <summary>How often new text is handed on.</summary>
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(60);

    /// <summary>The longest call; a provider's own limits are usually shorter.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>By then a call that is still reserved has nobody who would settle it.</summary>
    internal static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(15);

    /// <summary>Asks, and hands on the answer as it comes: a first update without text once the call is under way, the last one has the result. Cancelling stops the call: what it used by then is settled.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.AgentNotFound"/>, <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.BudgetExceeded"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid; nothing was called then.
    /// </exception>
    public async IAsyncEnumerable<PlaygroundUpdate> AskAsync(
        Claims claims, PlaygroundCall asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(claims, asked, cancellationToken);
        var step = new StepState { Id = asked.Id, StepKey = plan.Call.StepKey, Iteration = 1, Phase = plan.Call.Phase, Model = asked.Model };
        var call = new ModelCall(plan.Call, step, ModelCall.EstimatePrompt(plan.Call), time)
        {
            LedgerId = asked.Id,
            Question = plan.Run is null ? null : StepCache.Question(asked.Prompt),
        };
        var reserved = new ReservedCall { Id = asked.Id, What = "playground", Model = asked.Model, PromptTokens = call.PromptTokens, MaxTokens = plan.Call.MaxTokens };
        var settings = await store.ReserveAsync(claims, reserved, time.GetUtcNow() + Abandoned, cancellationToken);
        call.Cache = CachePolicy.Of(settings.ResponseCache, asked.Cache);

        using var late = new CancellationTokenSource(Longest, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var running = call.RunAsync(cached, claims, told: null, stop.Token);
        CallUsage usage;
        try
        {
            await call.LookedUp;
            yield return new PlaygroundUpdate("", null) { Cache = Status(call) };
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Frame, time, CancellationToken.None));
                if (call.Text.Take() is { Length: > 0 } text) yield return new PlaygroundUpdate(text, null);
            }
        }
        finally
        {
            // Also when the reader went away without a word.
            await stop.CancelAsync();
            usage = await store.SettleAsync(claims, asked.Id, asked.Model, (await running).Usage());
        }

        yield return new PlaygroundUpdate(call.Text.Take(), Result(plan, await running, usage, cancellationToken.IsCancellationRequested));
    }

    async Task<PlaygroundPlan> PlanAsync(Claims claims, PlaygroundCall asked, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        asked.Check();
        var agent = asked.AgentId is { } id ? await agents.GetAsync(claims, id, cancellationToken) : null;
        try
        {
            await models.GetAsync(claims, asked.Model, cancellationToken);
        }
        catch (ModelUnavailableException unavailable)
        {
            throw new OvermindException(ErrorCode.ModelUnavailable, unavailable.Message, "model", unavailable);
        }

        return PlaygroundPlan.Of(asked, agent);
    }

    static CacheStatus Status(ModelCall call) => (call.Cache, call.Lookup?.Kind) switch
    {
        (null, _) => CacheStatus.Off,
        (_, CacheHitKind.Exact) => CacheStatus.Hit,
        (_, CacheHitKind.Semantic) => CacheStatus.SemanticHit,
        _ => CacheStatus.Miss,
    };

    static PlaygroundResult Result(PlaygroundPlan plan, CallResult result, CallUsage usage, bool isStopped) => new()
    {
        Error = result.Failure switch
        {
            null => null,
            OperationCanceledException when isStopped => null,
            OperationCanceledException => $"{plan.Call.Model} was stopped after {Longest.TotalMinutes:0} minutes.",
            var failure => CallFailure.Describe(plan.Call.Model, failure),
        },
        ErrorCode = result.Failure is { } failed ? CallFailure.Code(failed) : null,
        IsStopped = isStopped && result.Failure is not null,
        FormatError = result.Failure is null ? plan.Violation(result.Call.Step, result.Text, result.Truncated) : null,
        TokensInput = usage.Counts.Input,
        TokensOutput = usage.Counts.Output,
        CostUsd = usage.CostUsd,
        IsEstimated = usage.IsEstimated,
        Cache = usage.Lookup?.Kind,
        LatencyMs = (long)result.Latency.TotalMilliseconds,
    };
}
