using Overmind.Models.Tokens;
using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Jobs.Webhooks;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>What one transaction writes of a run. It changes the work in memory at once; when it cannot be written, the work is to be dropped.</summary>
sealed class RunRecord(RunWork work)
{
    readonly List<StepState> _added = [];
    readonly List<StepState> _changed = [];
    readonly List<(StepState Step, long PromptTokens, int MaxTokens)> _reserved = [];
    readonly List<(Guid LedgerId, CallUsage Usage)> _settled = [];
    readonly List<Statement> _iterations = [];
    readonly List<Statement> _end = [];
    readonly List<Guid> _streamed = [];

    public RunEvents Events { get; } = new();

    /// <summary>A worker's first: it tells that the run has been taken, and settles what a worker before has left in the air.</summary>
    /// <param name="lost">What the orphans count for, priced, in their order.</param>
    public static RunRecord First(RunWork work, IReadOnlyList<CallUsage> lost)
    {
        var record = new RunRecord(work);
        record.Events.Started(work.IsResumed, work.Attempt);
        foreach (var (orphan, usage) in work.Orphans.Zip(lost)) record.Settle(orphan.Step, usage);
        return record;
    }

    /// <summary>True when the run waits for an approval or a budget from then on.</summary>
    public bool Waits => work.Run.Status is RunStatus.Waiting;

    /// <summary>True when the run is put back for a moment.</summary>
    public bool IsPutBack => work.Run.Status is RunStatus.Queued;

    /// <summary>True when it reserves calls.</summary>
    public bool Reserves => _reserved.Count > 0;

    /// <summary>True when the run ends with it.</summary>
    public bool Ends => work.Run.CompletedAt is not null;

    /// <summary>Opens a step for a call, or its next attempt, and reserves its ledger row.</summary>
    public StepState Open(PlannedCall call, long promptTokens)
    {
        var step = work.Find(call.StepKey);
        if (step is null)
        {
            step = new StepState
            {
                Id = Guid.CreateVersion7(),
                StepKey = call.StepKey,
                Iteration = call.Iteration,
                Phase = call.Phase,
                Agent = call.Agent is { } agent ? new StepAgent(agent.Id, agent.Key, agent.Name) : null,
                Model = call.Model,
            };
            work.Steps.Add(step);
            _added.Add(step);
        }
        else
        {
            step.Attempt++;
            Changed(step);
        }

        step.Prompt = call.Agent is { Verbose: true } ? PromptJson.Write(call.Messages) : null;
        _reserved.Add((step, promptTokens, call.MaxTokens));
        Events.StepStarted(step);
        return step;
    }

    /// <summary>Stores a piece of the running attempt's text until the whole is there.</summary>
    public void Stream(StepState step, string text)
    {
        Events.StepDelta(step, text);
        step.HasDeltas = true;
    }

    /// <summary>Settles the running attempt of a step: ledger, step and run all count it.</summary>
    /// <param name="usage">Priced.</param>
    public void Settle(StepState step, CallUsage usage)
    {
        _settled.Add((step.LedgerId, usage));
        step.TokensInput += usage.Counts.Input;
        step.TokensOutput += usage.Counts.Output;
        step.CostUsd += usage.CostUsd;
        step.IsEstimated |= usage.IsEstimated;
        step.Cache = usage.Lookup?.Kind;
        step.LatencyMs = usage.LatencyMs ?? step.LatencyMs;
        if (step.HasDeltas) _streamed.Add(step.Id);
        step.HasDeltas = false;
        work.Run = work.Run with
        {
            TokensInput = work.Run.TokensInput + usage.Counts.Input,
            TokensOutput = work.Run.TokensOutput + usage.Counts.Output,
            CostUsd = work.Run.CostUsd + usage.CostUsd,
        };
        Changed(step);
    }

    /// <summary>The step's state is to be written.</summary>
    public void Changed(StepState step)
    {
        if (!_changed.Contains(step) && !_added.Contains(step)) _changed.Add(step);
    }

    /// <summary>An iteration has been inspected.</summary>
    public void Iteration(IterationResult result, KeptAnswer? best)
    {
        _iterations.Add(RunStatements.AddIteration(work.Run, result));
        Keep(best, work.Run.N2Iterations + 1);
        Events.IterationCompleted(result, best);
    }

    /// <summary>Its steps stay open, for whoever takes the run up again.</summary>
    public void PutBack() => work.Run = work.Run with { Status = RunStatus.Queued };

    /// <summary>Nothing is called until somebody has decided, or a budget lets it.</summary>
    public void Wait(RunWaiting waiting)
    {
        work.Run = work.Run with { Status = RunStatus.Waiting, Waiting = waiting };
        Events.Waiting(waiting);
        TellWebhooks();
    }

    /// <summary>Ends the run; open steps are cancelled. Its answer's message is written when it has succeeded.</summary>
    /// <param name="unfinished">What the last iteration came to, when it was not inspected.</param>
    public void End(
        RunStatus status, TerminationReason reason, KeptAnswer? kept, RunError? error, IterationResult? unfinished, RunSnapshot? snapshot, DateTimeOffset now)
    {
        foreach (var step in work.Steps.Where(s => s.Status is StepStatus.Running))
        {
            step.Status = StepStatus.Cancelled;
            Changed(step);
        }

        if (unfinished is not null) _iterations.Add(RunStatements.AddIteration(work.Run, unfinished));
        Keep(kept, work.Run.N2Iterations + (unfinished?.Assembled is null ? 0 : 1));
        work.Run = work.Run with
        {
            Status = status,
            TerminationReason = reason,
            Error = error,
            AnswerMessageId = status is RunStatus.Succeeded ? work.AnswerMessageId : null,
            Answer = kept?.Text ?? work.Run.Answer,
            CompletedAt = now,
            LatencyMs = Math.Max(0, (long)(now - work.Run.CreatedAt).TotalMilliseconds),
        };
        if (snapshot is not null)
        {
            if (status is RunStatus.Succeeded)
            {
                Answer = work.Run.Answer;
                _end.Add(RunStatements.AddAnswer(
                    work.Run, snapshot.SynthesisModel.ToString(), StoredText.CleanJson(AnswerMetadata.Build(snapshot, work.Recorded()).ToJsonString(RunJson.Options)),
                    work.Run.Answer is { } answer ? TokenCount.OfMessage(snapshot.SynthesisModel, answer) : null,
                    RunMemories.Cited(snapshot, work.Run.Answer)));
                _end.Add(ContextSnapshotStore.Insert(work.Run, snapshot));
            }

            _end.Add(RunStatements.Count(work.Run, snapshot));
        }

        Events.Ended(work.Run);
        TellWebhooks();
    }

    /// <summary>The text of the message that it writes; null: it writes none.</summary>
    public string? Answer { get; private set; }

    /// <summary>In the order they are to run, the fence first.</summary>
    public IReadOnlyList<Statement> Statements(long leaseToken)
    {
        var statements = new List<Statement> { RunStatements.Record(work.Run, leaseToken, Events) };
        if (_streamed.Count > 0) statements.Add(RunStatements.RemoveDeltas(work.Run.Id, [.. _streamed]));
        if (_changed.Count > 0) statements.Add(RunStatements.RecordSteps(_changed));
        if (_added.Count > 0) statements.Add(RunStatements.AddSteps(work.Run.Id, _added));
        if (_settled.Count > 0) statements.Add(RunStatements.Settle(_settled));
        statements.AddRange(CacheStatements.Lookups(_settled));
        if (_reserved.Count > 0) statements.Add(RunStatements.Reserve(work.Run, _reserved));
        statements.AddRange(_iterations);
        statements.AddRange(_end);
        return statements;
    }

    /// <summary>The distilled insights as JSON: what was read of the model's text, for its own may hold what jsonb refuses. Null when there are none.</summary>
    public static string? Distillation(IterationResult result) => result.Distillation is null
        ? null
        : StoredText.CleanJson(new JsonObject { ["core_insights"] = new JsonArray([.. result.Insights.Select(i => (JsonNode)i)]) }.ToJsonString(RunJson.Options));

    /// <summary>The run's new status, to whoever wants to hear of it.</summary>
    void TellWebhooks() => _end.Add(WebhookEvents.Emit(
        $"run.{LowerSnake.Write(work.Run.Status)}", StoredText.CleanJson(JsonSerializer.Serialize(work.Run, RunJson.Options))));

    void Keep(KeptAnswer? best, int iterations)
    {
        work.Run = work.Run with
        {
            N2Iterations = iterations,
            BestIteration = best?.Iteration ?? work.Run.BestIteration,
            BestScore = best?.Score ?? work.Run.BestScore,
            Answer = best?.Text ?? work.Run.Answer,
        };
    }
}
