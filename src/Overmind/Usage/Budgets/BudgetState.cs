using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>How far a budget is used.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BudgetState>))]
public enum BudgetState
{
    Ok,

    /// <summary>The soft limit is reached.</summary>
    Soft,

    /// <summary>The limit is reached: it is used up, or a call would not have fitted beside what was used.</summary>
    Reached,
}
