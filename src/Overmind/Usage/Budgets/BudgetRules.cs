using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Usage.Budgets;

/// <summary>What the values of a budget may be, new or changed.</summary>
static partial class BudgetRules
{
    const decimal Most = 1_000_000_000_000_000;

    /// <summary>Of money; tokens and calls have none.</summary>
    const int Decimals = 10;

    public static bool IsCurrency(string text) => CurrencyShape().IsMatch(text);

    public static void CheckSubject(ref Checks checks, BudgetDimension dimension, string? subject)
    {
        if (subject is null) return;
        checks.Storable("subject", subject);
        var (valid, detail) = dimension switch
        {
            BudgetDimension.Organization => (false, "A budget of the organization has no subject. Leave it out, or name another dimension."),
            BudgetDimension.Workflow => (subject.Length is > 0 and <= 200, "subject is the key of a workflow, as general."),
            BudgetDimension.Model => (ModelShape().IsMatch(subject) && subject.Length <= 301, $"subject is provider/model, or provider/* for all models of a provider together, not {subject}."),
            _ => (Guid.TryParseExact(subject, "D", out var id) && id.ToString() == subject, $"subject is the id of the {LowerSnake.Write(dimension)}, a UUID in lower case, not {subject}."),
        };
        checks.Require(valid, "subject", detail);
    }

    public static void CheckLimits(ref Checks checks, BudgetUnit unit, decimal limit, decimal soft, BudgetLimitAction action, decimal? second)
    {
        CheckAmount(ref checks, "limit_amount", unit, limit);
        checks.Require(soft is > 0 and <= 1 && decimal.Round(soft, 4) == soft, "soft_ratio", $"soft_ratio is above 0 to 1, with at most 4 decimals, not {soft}.");
        if (second is null)
        {
            checks.Require(action is not BudgetLimitAction.AllowUpTo, "second_limit", "on_limit allow_up_to needs second_limit, above limit_amount.", ErrorCode.MissingField);
            return;
        }

        checks.Require(action is BudgetLimitAction.AllowUpTo, "second_limit", "second_limit goes with on_limit allow_up_to alone. Leave it out, or send null.");
        CheckAmount(ref checks, "second_limit", unit, second.Value);
        checks.Require(second > limit, "second_limit", "second_limit is above limit_amount.");
    }

    static void CheckAmount(ref Checks checks, string param, BudgetUnit unit, decimal amount)
    {
        checks.Require(amount is >= 0 and <= Most, param, $"{param} is 0 to 1,000,000,000,000,000, not {amount}.");
        if (unit is BudgetUnit.Money)
            checks.Require(decimal.Round(amount, Decimals) == amount, param, $"{param} has at most {Decimals} decimals.");
        else
            checks.Require(decimal.Truncate(amount) == amount, param, $"{param} is a whole number of {LowerSnake.Write(unit)}, not {amount}.");
    }

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.NonBacktracking)]
    private static partial Regex CurrencyShape();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*/.", RegexOptions.NonBacktracking)]
    private static partial Regex ModelShape();
}
