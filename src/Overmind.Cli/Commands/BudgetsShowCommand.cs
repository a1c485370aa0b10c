using System.CommandLine;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class BudgetsShowCommand
{
    static readonly Argument<string> Name = new("name") { Description = "The budget's name" };

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show a budget, and who has used how much of it, most first; exit code 1 when its limit is reached", Name);
        command.SetAction(async (parsed, ct) =>
        {
            var budgets = InstanceApi.Connect(parsed).Budgets;
            var budget = await BudgetsListCommand.FindAsync(budgets, parsed.GetValue(Name)!, ct);
            if (Output.IsJson(parsed))
            {
                Output.WriteJson(Console.Out, budget);
            }
            else
            {
                AnsiConsole.Write(BudgetTable.Of([budget]));
                if (budget.Dimension != "organization" && budget.Subject is null) AnsiConsole.Write(BudgetTable.Of(budget, await budgets.SubjectsAsync(budget.Id, 100, ct)));
                if (budget.Usage.UnpricedCalls > 0) Console.Out.WriteLine($"{budget.Usage.UnpricedCalls} calls have no known cost and do not count: see `overmind usage unpriced`.");
            }

            return budget.Usage.State == "reached" ? 1 : 0;
        });
        return command;
    }
}
