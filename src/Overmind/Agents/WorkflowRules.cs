using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>What the values of a workflow may be, new or changed; null is not looked at.</summary>
static class WorkflowRules
{
    const int MaxAgents = 20;
    const int MaxDeadlineSeconds = 7 * 24 * 60 * 60;

    public static void Check(
        ref Checks checks, string? key, string? name, string? description, string? category, double? qualityThreshold, int? maxN2Iterations,
        decimal? costCapUsd, int? deadlineSeconds, string? settings, IReadOnlyList<string>? agents)
    {
        AgentRules.CheckKey(ref checks, key);
        checks.Text("name", name, 1, 255);
        checks.Text("description", description, 1, 10_000);
        checks.Text("category", category, 1, 100);
        checks.Require(qualityThreshold is null or (>= 0 and <= 10), "quality_threshold", $"quality_threshold is 0 to 10, not {qualityThreshold}.");
        checks.Require(maxN2Iterations is null or (>= 1 and <= 20), "max_n2_iterations", $"max_n2_iterations is 1 to 20, not {maxN2Iterations}.");
        checks.Require(costCapUsd is null or > 0, "cost_cap_usd", $"cost_cap_usd is above 0, not {costCapUsd}.");
        checks.Require(
            deadlineSeconds is null or (>= 1 and <= MaxDeadlineSeconds), "deadline_seconds",
            $"deadline_seconds is 1 to {MaxDeadlineSeconds}, not {deadlineSeconds}.");
        AgentRules.CheckSettings(ref checks, settings);
        ApprovalRules.Check(ref checks, settings);
        if (agents is null)
            return;
        checks.Require(agents.Count is >= 1 and <= MaxAgents, "agents", $"A workflow has 1 to {MaxAgents} agents, not {agents.Count}. Name them by key, in order.");
        for (var i = 0; i < agents.Count; i++)
            checks.Require(!agents.Take(i).Contains(agents[i]), $"agents[{i}]", $"The agent {agents[i]} is named twice; an agent answers once an iteration.");
    }
}
