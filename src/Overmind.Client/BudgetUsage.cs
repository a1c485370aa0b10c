using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What of a budget is used in the period that is now.</summary>
public sealed record BudgetUsage
{
    const JsonNumberHandling AsString = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    /// <summary>Whose use it is; null: the organization's, or nobody has used any.</summary>
    public string? Subject { get; init; }

    public required DateTimeOffset PeriodStart { get; init; }

    /// <summary>When it begins anew.</summary>
    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>What settled calls used, in the budget's unit.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal Used { get; init; }

    /// <summary>What calls that are under way may use at most.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal Reserved { get; init; }

    /// <summary>What is left for calls that are not under way yet; of the second limit where there is one.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal Remaining { get; init; }

    /// <summary><c>ok</c>, <c>soft</c> or <c>reached</c>.</summary>
    public required string State { get; init; }

    /// <summary>When the limit was reached; null: it was not.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>Settled calls of which nobody knows what they cost.</summary>
    public required long UnpricedCalls { get; init; }
}
