using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What may be used in a period.</summary>
public sealed record Budget
{
    const JsonNumberHandling AsString = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    public required Guid Id { get; init; }

    /// <summary>Unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary><c>organization</c>, <c>user</c>, <c>api_key</c>, <c>project</c>, <c>workflow</c> or <c>model</c>.</summary>
    public required string Dimension { get; init; }

    /// <summary>Which one of the dimension; null: the organization, or each by itself.</summary>
    public string? Subject { get; init; }

    /// <summary><c>day</c>, <c>week</c> or <c>month</c>, in the organization's time zone.</summary>
    public required string Period { get; init; }

    /// <summary><c>money</c>, <c>tokens</c> or <c>calls</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Of money; else null.</summary>
    public string? Currency { get; init; }

    [JsonNumberHandling(AsString)]
    public required decimal LimitAmount { get; init; }

    /// <summary>Part of the limit at which people are told.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal SoftRatio { get; init; }

    /// <summary><c>block</c>, <c>skip_scheduled</c> or <c>allow_up_to</c>.</summary>
    public required string OnLimit { get; init; }

    [JsonNumberHandling(AsString)]
    public decimal? SecondLimit { get; init; }

    public required bool IsActive { get; init; }

    /// <summary>In the period that is now; of a budget that is for each of many, that of who has used most.</summary>
    public required BudgetUsage Usage { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
