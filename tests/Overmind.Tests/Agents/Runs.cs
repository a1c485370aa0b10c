using Overmind.Agents;
using Overmind.Models;

namespace Overmind.Tests.Agents;

/// <summary>Snapshots and recorded steps for tests.</summary>
public static class Runs
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static AgentSnapshot Agent(string key, string name, OutputFormat format = OutputFormat.Sim4Lines) => new()
    {
        Id = new Guid(key.Length, 0, 0, [.. "overmind"u8]),
        Key = key,
        Name = name,
        Role = name,
        Goal = $"See to {name}.",
        Backstory = "You think before you write.",
        OutputFormat = format,
        Model = ModelReference.Offline,
        Temperature = 0.7,
        MaxTokens = 500,
    };

    /// <summary>The six system agents.</summary>
    public static IReadOnlyList<AgentSnapshot> SixAgents { get; } =
    [
        Agent("creative", "Creative Clarity"), Agent("structural", "Structural Clarity"), Agent("alignment", "Alignment Clarity"),
        Agent("decision", "Decision Clarity"), Agent("recovery", "Recovery Clarity"), Agent("boundary", "Boundary Clarity"),
    ];

    internal static RunSnapshot Snapshot(string question = "How does a lighthouse warn ships in fog?") => new()
    {
        Question = question,
        History = [],
        WorkflowKey = "general_problem_solving",
        WorkflowName = "General Problem Solving",
        WorkflowVersion = 1,
        ExecutionMode = ExecutionMode.Parallel,
        Agents = SixAgents,
        QualityThreshold = 9.0,
        MaxN2Iterations = 4,
        SynthesisModel = ModelReference.Offline,
        JudgeModel = ModelReference.Offline,
        Prompts = PromptTemplates.Default,
    };
}
