using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Agents;

/// <summary>Events to be appended to a run, in order; what each carries is in ARCHITECTURE.md.</summary>
sealed class RunEvents
{
    readonly JsonArray _events = [];

    public bool Any => _events.Count > 0;

    /// <summary>For <c>overmind.record_run</c> and <c>insert_run_events</c>.</summary>
    public string ToJson() => StoredText.CleanJson(_events.ToJsonString(RunJson.Options));

    public RunEvents Created(Run run) => Add(RunEventTypes.RunCreated, null, new() { ["run"] = Resource(run) });

    public RunEvents Started(bool resumed, int attempt) => Add(RunEventTypes.RunStarted, null, new() { ["resumed"] = resumed, ["attempt"] = attempt });

    public RunEvents IterationStarted(int iteration, string? repairDirective) =>
        Add(RunEventTypes.IterationStarted, null, new() { ["iteration"] = iteration, ["repair_directive"] = repairDirective });

    public RunEvents StepStarted(StepState step) => Add(RunEventTypes.StepStarted, step, new()
    {
        ["iteration"] = step.Iteration,
        ["phase"] = LowerSnake.Write(step.Phase),
        ["agent_key"] = step.Agent?.Key,
        ["agent_name"] = step.Agent?.Name,
        ["provider"] = step.Model.Provider,
        ["model"] = step.Model.Model,
    });

    public RunEvents StepDelta(StepState step, string delta) => Add(RunEventTypes.StepDelta, step, new() { ["delta"] = delta });

    public RunEvents StepSentBack(StepState step, string reason) => Add(RunEventTypes.StepSentBack, step, new() { ["reason"] = reason });

    public RunEvents StepDelegated(StepState step, Delegation delegation) =>
        Add(RunEventTypes.StepDelegated, step, new() { ["to"] = delegation.To, ["question"] = delegation.Question });

    public RunEvents StepCompleted(StepState step) => Add(RunEventTypes.StepCompleted, step, new()
    {
        ["iteration"] = step.Iteration,
        ["phase"] = LowerSnake.Write(step.Phase),
        ["agent_key"] = step.Agent?.Key,
        ["output"] = step.Output,
        ["tokens_input"] = step.TokensInput,
        ["tokens_output"] = step.TokensOutput,
        ["cost_usd"] = step.CostUsd?.ToString(),
        ["latency_ms"] = step.LatencyMs,
        ["cache"] = step.Cache is { } cache ? LowerSnake.Write(cache) : null,
    });

    public RunEvents StepFailed(StepState step) => Add(RunEventTypes.StepFailed, step, new()
    {
        ["iteration"] = step.Iteration,
        ["phase"] = LowerSnake.Write(step.Phase),
        ["agent_key"] = step.Agent?.Key,
        ["error_message"] = step.ErrorMessage,
        ["error_code"] = step.ErrorCode,
    });

    public RunEvents IterationCompleted(IterationResult result, KeptAnswer? best) => Add(RunEventTypes.IterationCompleted, null, new()
    {
        ["iteration"] = result.Iteration,
        ["score"] = result.Score,
        ["rationale"] = result.Rationale ?? result.UnscoredBecause,
        ["observation"] = result.Observation,
        ["insights"] = new JsonArray([.. result.Insights.Select(i => (JsonNode)i)]),
        ["repair_directive"] = result.RepairDirective,
        ["best_score"] = best?.Score,
        ["best_iteration"] = best?.Iteration,
    });

    public RunEvents Waiting(RunWaiting waiting) =>
        Add(RunEventTypes.RunWaiting, null, JsonSerializer.SerializeToNode(waiting, RunJson.Options)!.AsObject());

    public RunEvents Ended(Run run) => Add($"run.{LowerSnake.Write(run.Status)}", null, new() { ["run"] = Resource(run) });

    static JsonNode? Resource(Run run) => JsonSerializer.SerializeToNode(run, RunJson.Options);

    RunEvents Add(string type, StepState? step, JsonObject data)
    {
        if (step is not null)
        {
            data.Insert(0, "step_id", step.Id);
            data.Insert(1, "step_key", step.StepKey);
            data.Add("attempt", step.Attempt);
        }

        _events.Add(new JsonObject { ["type"] = type, ["step_id"] = step?.Id, ["data"] = data });
        return this;
    }
}
