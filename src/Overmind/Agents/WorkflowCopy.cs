using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Agents;

/// <summary>What a copy of a published workflow begins as, and its agents, which the organization may have copies of already.</summary>
static class WorkflowCopy
{
    public static NewWorkflow Of(PublicWorkflow workflow, Guid copyId, string? key, IReadOnlyList<string> agents) => new()
    {
        Id = copyId,
        Key = key ?? workflow.Key,
        Name = workflow.Name,
        Description = workflow.Description,
        Category = workflow.Category,
        ExecutionMode = workflow.ExecutionMode,
        QualityThreshold = workflow.QualityThreshold,
        MaxN2Iterations = workflow.MaxN2Iterations,
        Agents = agents,
        Origin = (workflow.Id.ToString(), workflow.Version),
    };

    public static IReadOnlyList<NewAgent> AgentsOf(PublicWorkflow workflow) =>
        [.. JsonNode.Parse(workflow.Agents.Utf8.Span)!.AsArray().Select(agent => Agent(agent!.AsObject()))];

    static NewAgent Agent(JsonObject agent) => new()
    {
        Key = Text(agent, "key"),
        Name = Text(agent, "name"),
        Role = Text(agent, "role"),
        Goal = Text(agent, "goal"),
        Backstory = Text(agent, "backstory"),
        OutputFormat = LowerSnake.Read<OutputFormat>(Text(agent, "output_format"))!.Value,
        OutputSchema = agent["output_schema"]?.ToJsonString(),
        Temperature = agent["temperature"]!.GetValue<JsonElement>().GetDouble(),
        MaxTokens = agent["max_tokens"]!.GetValue<JsonElement>().GetInt32(),
        OriginKey = Text(agent, "id"),
    };

    static string Text(JsonObject agent, string name) => agent[name]!.GetValue<JsonElement>().GetString()!;
}
