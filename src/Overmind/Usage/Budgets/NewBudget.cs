using Overmind.Errors;

namespace Overmind.Usage.Budgets;

/// <summary>A budget that an organization sets itself.</summary>
public sealed record NewBudget
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 100 characters, unique in the organization.</summary>
    public required string Name { get; init; }

    public required BudgetDimension Dimension { get; init; }

    /// <summary>Which one; default: the organization, or each by itself.</summary>
    public string? Subject { get; init; }

    public required BudgetPeriod Period { get; init; }

    public required BudgetUnit Unit { get; init; }

    /// <summary>Of money; default: <c>USD</c>. Another needs an exchange rate.</summary>
    public string? Currency { get; init; }

    /// <summary>0 to 1,000,000,000,000,000; of tokens and calls a whole number.</summary>
    public required decimal LimitAmount { get; init; }

    /// <summary>Above 0 to 1. Default: 0.8.</summary>
    public decimal SoftRatio { get; init; } = 0.8m;

    public BudgetLimitAction OnLimit { get; init; }

    /// <summary>With <see cref="BudgetLimitAction.AllowUpTo"/> alone, and above the limit.</summary>
    public decimal? SecondLimit { get; init; }

    public bool IsActive { get; init; } = true;

    internal string? EffectiveCurrency => Currency ?? (Unit is BudgetUnit.Money ? "USD" : null);

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("name", Name, 1, 100);
        BudgetRules.CheckSubject(ref checks, Dimension, Subject);
        checks.Require(
            Currency is null || Unit is BudgetUnit.Money, "currency", "currency is of budgets of money. Leave it out for tokens and calls.");
        checks.Require(
            Currency is null || BudgetRules.IsCurrency(Currency), "currency", $"currency is the code of a currency by ISO 4217, as USD or GBP, not {Currency}.");
        BudgetRules.CheckLimits(ref checks, Unit, LimitAmount, SoftRatio, OnLimit, SecondLimit);
        checks.ThrowIfAny();
    }
}
