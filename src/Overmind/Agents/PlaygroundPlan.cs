using Microsoft.Extensions.AI;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What a call in the playground sends, and what its answer is held to.</summary>
/// <param name="Run">The run that an agent's answer would be the first of; null without an agent.</param>
sealed record PlaygroundPlan(PlannedCall Call, RunSnapshot? Run)
{
    const double Temperature = 0.7;
    const int MaxTokens = 1000;

    public static PlaygroundPlan Of(PlaygroundCall call, Agent? agent)
    {
        if (agent is null) return new PlaygroundPlan(Plan(call, null, [new ChatMessage(ChatRole.User, call.Prompt)]), null);
        var snapshot = Snapshot(agent, call);
        var run = new RunSnapshot
        {
            Question = call.Prompt,
            History = [],
            WorkflowKey = "playground",
            WorkflowName = "Playground",
            WorkflowVersion = 1,
            ExecutionMode = ExecutionMode.Parallel,
            Agents = [snapshot],
            QualityThreshold = InstallationDefaults.QualityThreshold,
            MaxN2Iterations = 1,
            SynthesisModel = call.Model,
            JudgeModel = call.Model,
            Prompts = PromptTemplates.Default,
        };
        return new PlaygroundPlan(Plan(call, snapshot, RunPrompts.Agent(run, new RunProgress(run, []), 1, snapshot)), run);
    }

    /// <summary>How an answer breaks the agent's format; null: it keeps it, or there is no agent.</summary>
    public string? Violation(StepState step, string text, bool truncated) =>
        Run is not null && RunPlanner.Judge(Run, Call, step.ToRecorded() with { SentBack = true }, text, truncated) is StepOutcome.Failed { Reason: var reason }
            ? reason
            : null;

    static PlannedCall Plan(PlaygroundCall call, AgentSnapshot? agent, IReadOnlyList<ChatMessage> messages) => new()
    {
        StepKey = "playground",
        Iteration = 1,
        Phase = StepPhase.Agent,
        Agent = agent,
        Model = call.Model,
        Messages = messages,
        Temperature = agent?.Temperature ?? call.Temperature ?? Temperature,
        MaxTokens = agent?.MaxTokens ?? call.MaxTokens ?? MaxTokens,
    };

    static AgentSnapshot Snapshot(Agent agent, PlaygroundCall call) => new()
    {
        Id = agent.Id,
        Key = agent.Key,
        Name = agent.Name,
        Role = agent.Role,
        Goal = agent.Goal,
        Backstory = agent.Backstory,
        OutputFormat = agent.OutputFormat,
        OutputSchema = agent.OutputSchema?.ToString(),
        Model = call.Model,
        Temperature = call.Temperature ?? agent.Temperature,
        MaxTokens = call.MaxTokens ?? agent.MaxTokens,
    };
}
