using Overmind.Errors;

namespace Overmind.Usage.Budgets;

/// <summary>What is to change in a budget; a member left null stays as it is. For another subject, period or unit a budget of its own is made.</summary>
public sealed record BudgetPatch
{
    /// <summary>1 to 100 characters, unique in the organization.</summary>
    public string? Name { get; init; }

    /// <summary>Raised: what waits for it goes on. Below what is used: it is reached at once.</summary>
    public decimal? LimitAmount { get; init; }

    public decimal? SoftRatio { get; init; }

    public BudgetLimitAction? OnLimit { get; init; }

    /// <summary>To null: none, which goes with another <see cref="OnLimit"/>.</summary>
    public Change<decimal?>? SecondLimit { get; init; }

    /// <summary>False: it limits nothing, and what waits for it goes on.</summary>
    public bool? IsActive { get; init; }

    /// <param name="budget">As it is.</param>
    internal void Check(Budget budget)
    {
        var checks = new Checks();
        checks.Text("name", Name, 1, 100);
        BudgetRules.CheckLimits(
            ref checks, budget.Unit, LimitAmount ?? budget.LimitAmount, SoftRatio ?? budget.SoftRatio, OnLimit ?? budget.OnLimit,
            SecondLimit is { } second ? second.Value : budget.SecondLimit);
        checks.ThrowIfAny();
    }
}
