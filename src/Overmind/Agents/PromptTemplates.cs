namespace Overmind.Agents;

/// <summary>The prompt texts of a run, kept in its snapshot so that an edit never changes a resume.</summary>
sealed partial record PromptTemplates
{
    /// <summary>Raised with each change of a text.</summary>
    public required int Version { get; init; }

    /// <summary>Of every agent; temperature and token limit are the agent's own.</summary>
    public required PhasePrompt Agent { get; init; }

    /// <summary>Of an agent that answers the sub-question of another; temperature and token limit are the agent's own.</summary>
    public PhasePrompt Delegate { get; init; } = DefaultDelegate;

    public required PhasePrompt Observe { get; init; }

    public required PhasePrompt Distil { get; init; }

    public required PhasePrompt Assemble { get; init; }

    public required PhasePrompt Inspect { get; init; }

    /// <summary>What an agent with output format <c>sim_4_lines</c> is told about it.</summary>
    public required string Sim4Lines { get; init; }

    /// <summary>What an agent with output format <c>json</c> is told about it.</summary>
    public required string Json { get; init; }

    /// <summary>What an agent with output format <c>markdown</c> is told about it.</summary>
    public required string Markdown { get; init; }

    /// <summary>What follows the reason when an answer is sent back.</summary>
    public required string SentBack { get; init; }

    /// <summary>What an agent is told that may hand a sub-question on; the others are listed before it.</summary>
    public string Delegation { get; init; } = DefaultDelegation;

    /// <summary>What whoever answers is told about memories, where the run was given some.</summary>
    public string Memories { get; init; } = DefaultMemories;

    /// <summary>What follows the other agent's answer.</summary>
    public string Delegated { get; init; } = DefaultDelegated;

    /// <summary>The directive after an iteration whose verdict could not be read, when no earlier one has any.</summary>
    public required string UnscoredDirective { get; init; }
}
