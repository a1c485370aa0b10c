using System.Globalization;
using Overmind.Usage.Budgets;
using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Usage;

/// <summary>Budgets in words.</summary>
public static class BudgetWords
{
    /// <summary>An amount in the budget's unit, as <c>£50.00</c>, <c>1,200 tokens</c> or <c>3 calls</c>.</summary>
    public static string Amount(Budget budget, decimal amount) => budget.Unit switch
    {
        BudgetUnit.Money => Money(budget.Currency!, amount),
        BudgetUnit.Tokens => Figures.Count((long)amount, "token"),
        _ => Figures.Count((long)amount, "call"),
    };

    /// <summary>As <c>the organization</c>, <c>each member</c> or <c>openai/gpt-4o</c>.</summary>
    public static string Whose(Budget budget) => budget switch
    {
        { Dimension: BudgetDimension.Organization } => "the organization",
        { Subject: null } => $"each {Noun(budget.Dimension)}",
        { Dimension: BudgetDimension.Model or BudgetDimension.Workflow } => budget.Subject!,
        _ => $"one {Noun(budget.Dimension)}",
    };

    public static string Noun(BudgetDimension dimension) => dimension switch
    {
        BudgetDimension.User => "member",
        BudgetDimension.ApiKey => "API key",
        var other => LowerSnake.Write(other),
    };

    /// <summary>How far it is used, and the tone in which that is told.</summary>
    public static (string Word, string Tone) State(Budget budget) => budget switch
    {
        { IsActive: false } => ("paused", ""),
        { Usage.State: BudgetState.Reached, OnLimit: BudgetLimitAction.SkipScheduled } => ("schedules skipped", "warn"),
        { Usage.State: BudgetState.Reached, OnLimit: BudgetLimitAction.AllowUpTo, Usage.Remaining: > 0 } => ("over the limit", "warn"),
        { Usage.State: BudgetState.Reached } => ("limit reached", "bad"),
        { Usage.State: BudgetState.Soft } => ("nearly used", "warn"),
        _ => ("within", "good"),
    };

    /// <summary>What happens at the limit.</summary>
    public static string OnLimit(Budget budget) => budget.OnLimit switch
    {
        BudgetLimitAction.SkipScheduled => "skips what schedules ask for",
        BudgetLimitAction.AllowUpTo => $"goes on to {Amount(budget, budget.SecondLimit ?? budget.LimitAmount)}",
        _ => "ends calls",
    };

    static string Money(string currency, decimal amount) => currency switch
    {
        "USD" => "$" + Digits(amount),
        "GBP" => "£" + Digits(amount),
        "EUR" => "€" + Digits(amount),
        _ => $"{Digits(amount)} {currency}",
    };

    // To the cent; what is less than one is not nothing.
    static string Digits(decimal amount) => amount is > 0 and < 0.005m ? "0.00+" : amount.ToString("N2", CultureInfo.InvariantCulture);
}
