namespace Overmind.Agents;

/// <summary>The names of a run's steps: <c>2/agent:creative</c>, <c>2/delegate:creative&gt;structural</c>, <c>2/observe</c>, <c>2/distil</c>, <c>2/assemble</c>, <c>2/inspect</c>.</summary>
public static class StepKeys
{
    /// <summary>The step of an agent in an iteration.</summary>
    public static string Of(int iteration, AgentSnapshot agent) => $"{iteration}/agent:{agent.Key}";

    /// <summary>The step in which an agent answers the sub-question of another.</summary>
    public static string Delegate(int iteration, string asker, string to) => $"{iteration}/delegate:{asker}>{to}";

    /// <summary>The step of a phase of the synthesis in an iteration.</summary>
    public static string Of(int iteration, StepPhase phase) =>
        phase is StepPhase.Agent or StepPhase.Delegate
            ? throw new ArgumentException("An agent's step is named after the agent.", nameof(phase))
            : $"{iteration}/{LowerSnake.Write(phase)}";
}
