using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>What pricing a period anew changes, or has changed. In JSON as it stands here, in snake_case.</summary>
public sealed record Repricing
{
    /// <summary>Always <c>usage.repricing</c>.</summary>
    public string Object { get; } = "usage.repricing";

    /// <summary>True when it is written.</summary>
    public required bool IsApplied { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>By provider and model.</summary>
    public required IReadOnlyList<RepricedModel> Models { get; init; }

    /// <summary>Calls whose cost is another.</summary>
    public long Changed => Models.Sum(m => m.Changed);

    /// <summary>US dollars that the period costs more (a decimal string in JSON).</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public decimal Difference => Models.Sum(m => m.CostAfter - m.CostBefore);
}
