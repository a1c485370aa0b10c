using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>What happens at a budget's limit.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BudgetLimitAction>))]
public enum BudgetLimitAction
{
    /// <summary>No more calls are made.</summary>
    Block,

    /// <summary>What schedules ask for is not done; all else goes on, without an end.</summary>
    SkipScheduled,

    /// <summary>Calls go on to a second limit.</summary>
    AllowUpTo,
}
