using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>One attempt of a step in the air.</summary>
/// <param name="promptTokens">The prompt's tokens, estimated.</param>
sealed class ModelCall(PlannedCall planned, StepState step, long promptTokens, TimeProvider time)
{
    readonly TaskCompletionSource<CacheLookup?> _lookedUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CachedChatClient? _client;

    public PlannedCall Planned { get; } = planned;

    public StepState Step { get; } = step;

    /// <summary>What has come in so far.</summary>
    public CallText Text { get; } = new(time);

    public long PromptTokens { get; } = promptTokens;

    /// <summary>The call's row of the ledger.</summary>
    public Guid LedgerId { get; init; } = step.LedgerId;

    /// <summary>What it does with the response cache; null: nothing.</summary>
    public CachePolicy? Cache { get; set; }

    /// <summary>The part of its last message that another question may resemble; null: all of it.</summary>
    public string? Question { get; init; }

    /// <summary>Known once the response cache has been looked into, or the call has ended.</summary>
    public Task<CacheLookup?> LookedUp => _lookedUp.Task;

    /// <summary>What looking into the response cache came to; null: it was not, or not yet.</summary>
    public CacheLookup? Lookup => _lookedUp.Task.IsCompletedSuccessfully ? _lookedUp.Task.Result : null;

    /// <summary>What it counts for, being given up now.</summary>
    public CallUsage Stopped() => Estimate(CallOutcome.Stopped, Text.Whole());

    /// <summary>What it counts for when nobody says: nothing before the model was asked.</summary>
    public CallUsage Estimate(CallOutcome outcome, string text) =>
        _client?.IsAsked is true ? CallUsage.Estimate(outcome, Planned.Model, PromptTokens, text) : CallUsage.Nothing with { Outcome = outcome };

    public static long EstimatePrompt(PlannedCall planned) => TokenCount.Of(planned.Model, planned.Messages);

    /// <summary>Makes the call. Never throws.</summary>
    /// <param name="claims">The run's owner: the model is one of their organization.</param>
    /// <param name="told">Called when there is text to take and more has to be waited for: an answer that comes at once is taken whole.</param>
    public async Task<CallResult> RunAsync(CachedModels models, Claims claims, Action? told, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        UsageDetails? counted = null;
        JsonObject? raw = null;
        var truncated = false;
        Exception? failure = null;
        try
        {
            var options = Planned.Options();
            // The same for a call that is repeated after a crash; another one when the answer was sent back, for that is another prompt.
            options.AdditionalProperties = new() { ["idempotency_key"] = $"{Step.Id}{(Step.SentBack ? "-sent-back" : "")}" };
            _client = await models.GetAsync(claims, Planned.Model, Cache, Question, LedgerId, lookup => _lookedUp.TrySetResult(lookup), cancellationToken);
            await using var updates = _client.GetStreamingResponseAsync(Planned.Messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var next = updates.MoveNextAsync();
                if (!next.IsCompleted && Text.Pause()) told?.Invoke();
                if (!await next) break;
                var update = updates.Current;
                Text.Append(update.Text);
                truncated |= update.FinishReason == ChatFinishReason.Length;
                foreach (var usage in update.Contents.OfType<UsageContent>())
                {
                    (counted ??= new UsageDetails()).Add(usage.Details);
                    raw = usage.AdditionalProperties?[RawUsage.Name] as JsonObject ?? raw;
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            _lookedUp.TrySetResult(null);
        }

        return new CallResult
        {
            Call = this,
            Text = Text.Whole(),
            Truncated = truncated,
            Counted = UsageReading.Of(counted, raw),
            Latency = time.GetElapsedTime(started),
            Failure = failure,
        };
    }
}
