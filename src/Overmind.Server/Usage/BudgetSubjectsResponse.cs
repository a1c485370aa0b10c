using Overmind.Usage.Budgets;

namespace Overmind.Server.Usage;

/// <summary>What the subjects of a budget have used, most first.</summary>
/// <param name="HasMore">Whether others have used less.</param>
sealed record BudgetSubjectsResponse(IReadOnlyList<BudgetUsage> Data, bool HasMore)
{
    /// <summary>Always <c>budget.subjects</c>.</summary>
    public string Object { get; } = "budget.subjects";
}
