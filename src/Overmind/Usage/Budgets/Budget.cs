using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>What may be used in a period. In JSON as it stands here, in snake_case; amounts are decimal strings.</summary>
public sealed record Budget
{
    const JsonNumberHandling AsString = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    public required Guid Id { get; init; }

    /// <summary>Always <c>budget</c>.</summary>
    public string Object { get; } = "budget";

    /// <summary>Unique in the organization.</summary>
    public required string Name { get; init; }

    public required BudgetDimension Dimension { get; init; }

    /// <summary>Which one of the dimension: an id, a key, or <c>provider/model</c>. Null: the organization, or each by itself.</summary>
    public string? Subject { get; init; }

    public required BudgetPeriod Period { get; init; }

    public required BudgetUnit Unit { get; init; }

    /// <summary>Of money, by ISO 4217; else null.</summary>
    public string? Currency { get; init; }

    /// <summary>What may be used in a period; 0: nothing.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal LimitAmount { get; init; }

    /// <summary>Part of the limit at which people are told.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal SoftRatio { get; init; }

    public required BudgetLimitAction OnLimit { get; init; }

    /// <summary>Where calls end that may go on above the limit; else null.</summary>
    [JsonNumberHandling(AsString)]
    public decimal? SecondLimit { get; init; }

    /// <summary>False: it limits nothing, and is counted anew when it is switched on.</summary>
    public required bool IsActive { get; init; }

    /// <summary>In the period that is now; of a budget that is for each of many, that of who has used most.</summary>
    public required BudgetUsage Usage { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
