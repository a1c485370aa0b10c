namespace Overmind.Agents;

/// <summary>What a step does: an agent's answer, its answer to another agent's sub-question, or one of the four phases of the synthesis.</summary>
public enum StepPhase
{
    Agent,
    Delegate,
    Observe,
    Distil,
    Assemble,
    Inspect,
}
