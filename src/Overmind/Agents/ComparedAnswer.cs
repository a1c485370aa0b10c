using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>What a step answered, and what that took.</summary>
public sealed record ComparedAnswer
{
    public required Guid StepId { get; init; }

    /// <summary>As <c>offline/offline</c>.</summary>
    public required string Model { get; init; }

    public required StepStatus Status { get; init; }

    public string? Output { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars (a decimal string in JSON); null when the price is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    public int? LatencyMs { get; init; }

    internal static ComparedAnswer? Of(RunStep? step) => step is null ? null : new()
    {
        StepId = step.Id,
        Model = $"{step.Provider}/{step.Model}",
        Status = step.Status,
        Output = step.Output,
        TokensInput = step.TokensInput,
        TokensOutput = step.TokensOutput,
        CostUsd = step.CostUsd,
        LatencyMs = step.LatencyMs,
    };
}
