using System.Text.Json.Serialization;

namespace Overmind.Usage.Budgets;

/// <summary>Whose use a budget limits.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BudgetDimension>))]
public enum BudgetDimension
{
    Organization,

    /// <summary>Members, by their ids.</summary>
    User,

    /// <summary>By their ids.</summary>
    ApiKey,

    /// <summary>By their ids.</summary>
    Project,

    /// <summary>By their keys, all versions together.</summary>
    Workflow,

    /// <summary>As <c>provider/model</c>; <c>provider/*</c> is all models of a provider together.</summary>
    Model,
}
