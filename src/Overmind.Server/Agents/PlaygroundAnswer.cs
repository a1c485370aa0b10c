using System.Text.Json.Serialization;
using Overmind.Agents;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Server.Agents;

/// <summary>What came of a call in the playground.</summary>
sealed record PlaygroundAnswer
{
    /// <summary>Of the call's row in the ledger.</summary>
    public required Guid Id { get; init; }

    public string Object { get; } = "playground.answer";

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Null: the prompt was asked as it is.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>What was answered, as far as it came.</summary>
    public required string Output { get; init; }

    /// <summary>Why that is not the whole answer; null: it is.</summary>
    public string? ErrorMessage { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>How the answer breaks the agent's output format; null: it keeps it, or there is no agent.</summary>
    public string? FormatError { get; init; }

    public required bool IsOffline { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public decimal? CostUsd { get; init; }

    public required bool IsEstimated { get; init; }

    /// <summary>How the answer was found in the response cache; null: the model was asked.</summary>
    public CacheHitKind? Cache { get; init; }

    public required long LatencyMs { get; init; }

    public static PlaygroundAnswer Of(PlaygroundCall asked, string output, PlaygroundResult result) => new()
    {
        Id = asked.Id,
        Provider = asked.Model.Provider,
        Model = asked.Model.Model,
        AgentId = asked.AgentId,
        Output = output,
        ErrorMessage = result.Error,
        ErrorCode = result.ErrorCode,
        FormatError = result.FormatError,
        IsOffline = asked.Model == ModelReference.Offline,
        TokensInput = result.TokensInput,
        TokensOutput = result.TokensOutput,
        CostUsd = result.CostUsd,
        IsEstimated = result.IsEstimated,
        Cache = result.Cache,
        LatencyMs = result.LatencyMs,
    };
}
