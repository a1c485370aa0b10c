using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>In what a budget counts.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BudgetUnit>))]
public enum BudgetUnit
{
    Money,

    /// <summary>In and out.</summary>
    Tokens,
    Calls,
}
