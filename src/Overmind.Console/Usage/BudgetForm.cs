using System.Globalization;
using Overmind.Usage.Budgets;

namespace Overmind.WebConsole.Usage;

/// <summary>What one writes of a budget, as it stands in the form.</summary>
public sealed class BudgetForm
{
    public string Name { get; set; } = "";

    public BudgetDimension Dimension { get; set; }

    /// <summary>Empty: the organization, or each by itself.</summary>
    public string Subject { get; set; } = "";

    public BudgetPeriod Period { get; set; } = BudgetPeriod.Month;

    public BudgetUnit Unit { get; set; }

    public string Currency { get; set; } = "USD";

    public string Limit { get; set; } = "";

    /// <summary>In percent of the limit.</summary>
    public string Soft { get; set; } = "80";

    public BudgetLimitAction OnLimit { get; set; }

    public string SecondLimit { get; set; } = "";

    public bool IsWritten => Name.Length > 0 || Limit.Length > 0;

    /// <summary>As it stands.</summary>
    public static BudgetForm Of(Budget budget) => new()
    {
        Name = budget.Name,
        Dimension = budget.Dimension,
        Subject = budget.Subject ?? "",
        Period = budget.Period,
        Unit = budget.Unit,
        Currency = budget.Currency ?? "USD",
        Limit = Text(budget.LimitAmount),
        Soft = Text(budget.SoftRatio * 100),
        OnLimit = budget.OnLimit,
        SecondLimit = budget.SecondLimit is { } second ? Text(second) : "",
    };

    /// <summary>What cannot be a number is told by the name of its setting; null: nothing.</summary>
    public (string Setting, string Error)? Fault() => this switch
    {
        _ when Number(Limit) is null => ("limit_amount", "A number, as 50 or 12.5."),
        _ when Number(Soft) is null => ("soft_ratio", "A percentage, as 80."),
        { OnLimit: BudgetLimitAction.AllowUpTo } when Number(SecondLimit) is null => ("second_limit", "A number above the limit."),
        _ => null,
    };

    public NewBudget ToNew() => new()
    {
        Name = Name.Trim(),
        Dimension = Dimension,
        Subject = Dimension is BudgetDimension.Organization || Subject.Trim().Length == 0 ? null : Subject.Trim(),
        Period = Period,
        Unit = Unit,
        Currency = Unit is BudgetUnit.Money ? Currency.Trim().ToUpperInvariant() : null,
        LimitAmount = Number(Limit)!.Value,
        SoftRatio = Number(Soft)!.Value / 100,
        OnLimit = OnLimit,
        SecondLimit = Second,
    };

    public BudgetPatch ToPatch() => new()
    {
        Name = Name.Trim(),
        LimitAmount = Number(Limit),
        SoftRatio = Number(Soft) / 100,
        OnLimit = OnLimit,
        SecondLimit = new(Second),
    };

    decimal? Second => OnLimit is BudgetLimitAction.AllowUpTo ? Number(SecondLimit) : null;

    static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
