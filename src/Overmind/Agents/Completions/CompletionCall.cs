using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents.Completions;

/// <summary>One call of a model with messages and options as its caller brings them. Tools are declarations alone: the caller runs them.</summary>
public sealed record CompletionCall
{
    /// <summary>Of its row in the ledger.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ModelReference Model { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public ChatOptions Options { get; init; } = new();

    /// <summary>The conversation that it is said in, for the ledger; null: none.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Whom the caller makes it for, up to 512 characters; stands in the ledger.</summary>
    public string? EndUser { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters; stands in the ledger.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>What it does with the response cache. Default: as the organization's settings say.</summary>
    public CacheRequest? Cache { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Messages.Count > 0, "messages", "messages has at least one message.");
        checks.Require(Options.Temperature is null or (>= 0 and <= 2), "temperature", $"temperature is 0 to 2, not {Options.Temperature}.");
        checks.Require(Options.TopP is null or (>= 0 and <= 1), "top_p", $"top_p is 0 to 1, not {Options.TopP}.");
        checks.Require(
            Options.MaxOutputTokens is null or (>= 1 and <= MaxTokens), "max_completion_tokens", $"max_completion_tokens is 1 to {MaxTokens}, not {Options.MaxOutputTokens}.");
        checks.Require(Options.FrequencyPenalty is null or (>= -2 and <= 2), "frequency_penalty", $"frequency_penalty is -2 to 2, not {Options.FrequencyPenalty}.");
        checks.Require(Options.PresencePenalty is null or (>= -2 and <= 2), "presence_penalty", $"presence_penalty is -2 to 2, not {Options.PresencePenalty}.");
        checks.Require(Options.StopSequences is null or { Count: <= 4 }, "stop", $"stop has at most 4 texts, not {Options.StopSequences?.Count}.");
        checks.Text("user", EndUser, 0, 512);
        checks.Metadata("metadata", Metadata);
        checks.ThrowIfAny();
        Cache?.Check();
    }

    /// <summary>More no model writes in one answer.</summary>
    const int MaxTokens = 1_000_000;
}
