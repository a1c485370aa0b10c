using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>A prompt to try on a model, as it is or as an agent would be asked.</summary>
public sealed record PlaygroundCall
{
    /// <summary>Of its row in the ledger.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Prompt { get; init; }

    public required ModelReference Model { get; init; }

    /// <summary>Asks as this agent is asked in a run's first iteration; null: the prompt as it is.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>0 to 2. Default: the agent's, else 0.7.</summary>
    public double? Temperature { get; init; }

    /// <summary>The most tokens the answer may have, 1 to 100,000. Default: the agent's, else 1,000.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What it does with the response cache. Default: as the organization's settings say.</summary>
    public CacheRequest? Cache { get; init; }

    internal void Check()
    {
        NewMessage.CheckContent("prompt", Prompt);
        var checks = new Checks();
        checks.Require(Temperature is null or (>= 0 and <= 2), "temperature", $"temperature is 0 to 2, not {Temperature}.");
        checks.Require(MaxTokens is null or (>= 1 and <= 100_000), "max_tokens", $"max_tokens is 1 to 100000, not {MaxTokens}.");
        checks.ThrowIfAny();
        Cache?.Check();
    }
}
