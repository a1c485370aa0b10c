using System.Globalization;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

/// <summary>How budgets are shown.</summary>
static class BudgetTable
{
    public static Table Of(IReadOnlyList<Budget> budgets)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Name", "Of", "Used", "Held", "Limit", "State", "Until");
        foreach (var budget in budgets.OrderBy(b => b.Name, StringComparer.Ordinal))
            table.AddRow(
                Markup.Escape(budget.Name), Markup.Escape(Of(budget)), Text(budget.Usage.Used), Text(budget.Usage.Reserved), $"{Text(budget.LimitAmount)} {Unit(budget)} a {budget.Period}",
                budget.IsActive ? budget.Usage.State : "off", $"{budget.Usage.PeriodEnd.ToLocalTime():yyyy-MM-dd HH:mm}");
        return table;
    }

    public static Table Of(Budget budget, BudgetSubjects subjects)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Of", "Used", "Held", "Left", "State");
        foreach (var usage in subjects.Data)
            table.AddRow(Markup.Escape(usage.Subject ?? budget.Dimension), Text(usage.Used), Text(usage.Reserved), Text(usage.Remaining), usage.State);
        return table;
    }

    public static string Text(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Unit(Budget budget) => budget.Currency ?? budget.Unit;

    static string Of(Budget budget) => (budget.Dimension, budget.Subject) switch
    {
        ("organization", _) => "the organization",
        (var dimension, null) => $"each {dimension}",
        var (dimension, subject) => $"{dimension} {subject}",
    };
}
