using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>For how long what a budget allows is there, by the clock of the organization's zone.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BudgetPeriod>))]
public enum BudgetPeriod
{
    Day,

    /// <summary>From Monday.</summary>
    Week,
    Month,
}
