using System.Text;
using System.Text.Json.Nodes;

namespace Overmind.Agents;

/// <summary>Compares two versions of a workflow.</summary>
static class WorkflowDiffer
{
    public static WorkflowDiff Compare(Workflow from, Workflow to, string? agentsThen, string? agentsNow)
    {
        var (before, after) = (from.Agents, to.Agents);
        var (stayedBefore, stayedAfter) = (before.Where(after.Contains).ToList(), after.Where(before.Contains).ToList());
        return new WorkflowDiff
        {
            Key = to.Key,
            From = from.Version,
            To = to.Version,
            Fields = [.. Fields(from, to)],
            AgentsAdded = [.. after.Except(before)],
            AgentsRemoved = [.. before.Except(after)],
            AgentsMoved =
            [
                .. stayedAfter.Where((key, place) => stayedBefore.IndexOf(key) != place)
                    .Select(key => new AgentMove(key, before.ToList().IndexOf(key) + 1, after.ToList().IndexOf(key) + 1)),
            ],
            AgentChanges = [.. Agents(agentsThen, agentsNow)],
        };
    }

    static IEnumerable<FieldChange> Fields(Workflow from, Workflow to)
    {
        var (before, after) = (Members(from), Members(to));
        return before.Where(member => !JsonNode.DeepEquals(member.Value, after[member.Key]))
            .Select(member => new FieldChange(member.Key, Json(member.Value), Json(after[member.Key])));
    }

    static JsonObject Members(Workflow workflow) => new()
    {
        ["name"] = workflow.Name,
        ["description"] = workflow.Description,
        ["category"] = workflow.Category,
        ["execution_mode"] = LowerSnake.Write(workflow.ExecutionMode),
        ["quality_threshold"] = workflow.QualityThreshold,
        ["max_n2_iterations"] = workflow.MaxN2Iterations,
        // As the resource has it: a decimal string.
        ["cost_cap_usd"] = workflow.CostCapUsd?.ToString(),
        ["deadline_seconds"] = workflow.DeadlineSeconds,
        ["synthesis_model"] = workflow.SynthesisModel,
        ["judge_model"] = workflow.JudgeModel,
        ["settings"] = JsonNode.Parse(workflow.Settings.Utf8.Span),
        ["is_public"] = workflow.IsPublic,
    };

    static IEnumerable<AgentChange> Agents(string? then, string? now)
    {
        if (then is null || now is null)
            yield break;
        var after = ByKey(now);
        foreach (var (key, agent) in ByKey(then))
        {
            if (!after.TryGetValue(key, out var changed))
                continue;
            foreach (var name in agent.Select(m => m.Key).Union(changed.Select(m => m.Key)).Where(name => !JsonNode.DeepEquals(agent[name], changed[name])))
                yield return new AgentChange(key, name, Json(Told(agent[name])), Json(Told(changed[name])));
        }
    }

    static Dictionary<string, JsonObject> ByKey(string agents) =>
        JsonNode.Parse(agents)!.AsArray().Select(agent => agent!.AsObject()).ToDictionary(agent => agent["key"]!.GetValue<string>());

    // A snapshot has a model in two parts; all else names it as provider/model.
    static JsonNode? Told(JsonNode? value) =>
        value is JsonObject { Count: 2 } parts && parts["provider"] is JsonValue provider && parts["model"] is JsonValue model ? $"{provider}/{model}" : value;

    static JsonText Json(JsonNode? value) => new(Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null"));
}
