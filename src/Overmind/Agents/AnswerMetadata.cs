using System.Text.Json.Nodes;

namespace Overmind.Agents;

/// <summary>
/// The metadata of an answer's message: <c>agent_contributions</c> (of the kept iteration), <c>synthesis_details</c>, <c>n2_history</c>,
/// and <c>"offline": true</c> when any model of the run was offline.
/// </summary>
static class AnswerMetadata
{
    /// <summary>The object to store; scores are null where an iteration is unscored.</summary>
    /// <param name="steps">With tokens and latency, where they are known.</param>
    public static JsonObject Build(RunSnapshot run, IReadOnlyList<RecordedStep> steps)
    {
        var iterations = RunPlanner.Iterations(run, steps);
        var kept = iterations.FirstOrDefault(i => i.Accepted);
        var metadata = new JsonObject
        {
            ["agent_contributions"] = kept is null ? new JsonArray() : Contributions(new RunProgress(run, steps), kept.Iteration),
            ["synthesis_details"] = new JsonObject
            {
                ["observation"] = kept?.Observation,
                ["core_insights"] = new JsonArray([.. (kept?.Insights ?? []).Select(i => (JsonNode)i)]),
                ["quality_score"] = kept?.Score,
                ["score_rationale"] = kept?.Rationale,
            },
            ["n2_history"] = new JsonArray([.. iterations.Select(History)]),
        };
        if (run.Agents.Select(a => a.Model).Append(run.SynthesisModel).Append(run.JudgeModel).Any(m => m.Provider == "offline"))
            metadata["offline"] = true;
        return metadata;
    }

    static JsonArray Contributions(RunProgress progress, int iteration) =>
        new([.. progress.Answers(iteration).Select(answer => (JsonNode)new JsonObject
        {
            ["agent_id"] = answer.Agent.Key,
            ["agent_role"] = answer.Agent.Role,
            ["output"] = answer.Step.Output,
            ["tokens_used"] = answer.Step.TokensUsed,
            ["latency_ms"] = answer.Step.LatencyMs,
        })]);

    static JsonNode History(IterationResult result)
    {
        var entry = new JsonObject { ["iteration"] = result.Iteration, ["score"] = result.Score };
        if (result.RepairDirective is not null) entry["repair_directive"] = result.RepairDirective;
        if (result.Accepted) entry["accepted"] = true;
        return entry;
    }
}
