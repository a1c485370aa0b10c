namespace Overmind.Agents;

/// <summary>What a step does: an agent's answer, or one of the four phases of the synthesis.</summary>
public enum StepPhase
{
    Agent,
    Observe,
    Distil,
    Assemble,
    Inspect,
}
