using Overmind.Agents.Completions;
using Overmind.Errors;

namespace Overmind.Server.Openai;

/// <summary>An event of a streamed answer: one of these.</summary>
sealed record ChatChunk
{
    /// <summary>The answer begins.</summary>
    public bool Begins { get; init; }

    public string? Text { get; init; }

    public ToolCallDelta? Call { get; init; }

    /// <summary>Why it ended.</summary>
    public string? FinishReason { get; init; }

    public CompletionUsage? Usage { get; init; }

    /// <summary>It broke off.</summary>
    public OvermindException? Error { get; init; }

    /// <summary>What clients pass over.</summary>
    public string? Comment { get; init; }

    /// <summary>There is nothing more to come.</summary>
    public static ChatChunk Done { get; } = new();
}
