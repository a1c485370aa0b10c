using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>A step's call made again with another model, to compare. It changes nothing in the run. In JSON as it stands here, in snake_case.</summary>
public sealed record StepReplay
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>step.replay</c>.</summary>
    public string Object { get; } = "step.replay";

    public required Guid RunId { get; init; }

    public required Guid StepId { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>0 to 2; the step's unless another was given.</summary>
    public required double Temperature { get; init; }

    public required ReplayStatus Status { get; init; }

    /// <summary>The whole answer; null while there is none.</summary>
    public string? Output { get; init; }

    /// <summary>Why it failed (the model, or a format that is not kept), or why its verdict cannot be read.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Of a replayed inspection, 0 to 10; null for other steps and for a verdict that cannot be read.</summary>
    public double? Score { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars (a decimal string in JSON); null when the price is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    /// <summary>True when the tokens of any attempt are an estimate.</summary>
    public required bool IsEstimated { get; init; }

    public int? LatencyMs { get; init; }

    /// <summary>The member who asked for it.</summary>
    public Guid? RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
