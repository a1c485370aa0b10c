using Microsoft.Extensions.AI;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>A model call that a run makes next.</summary>
sealed record PlannedCall
{
    /// <summary>Unique in the run: <c>2/agent:creative</c>, <c>2/observe</c>, <c>2/distil</c>, <c>2/assemble</c>, <c>2/inspect</c>.</summary>
    public required string StepKey { get; init; }

    /// <summary>From 1.</summary>
    public required int Iteration { get; init; }

    public required StepPhase Phase { get; init; }

    /// <summary>Who answers; null in the four phases of the synthesis.</summary>
    public AgentSnapshot? Agent { get; init; }

    public required ModelReference Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>0 to 2.</summary>
    public required double Temperature { get; init; }

    /// <summary>The most tokens the answer may have.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>The options of the call; JSON is asked for where the answer has to be an object.</summary>
    public ChatOptions Options() => new()
    {
        ModelId = Model.Model,
        Temperature = (float)Temperature,
        MaxOutputTokens = MaxTokens,
        ResponseFormat = Phase is StepPhase.Distil or StepPhase.Inspect ? ChatResponseFormat.Json : null,
    };
}
