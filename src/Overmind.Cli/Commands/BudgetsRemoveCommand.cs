using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class BudgetsRemoveCommand
{
    static readonly Argument<string> Name = new("name") { Description = "The budget's name" };

    public static Command Create()
    {
        var command = ApiVerb.Create("remove", "Remove a budget and what it has counted; what waits for it goes on", Name);
        command.SetAction(async (parsed, ct) =>
        {
            var budgets = InstanceApi.Connect(parsed).Budgets;
            var budget = await BudgetsListCommand.FindAsync(budgets, parsed.GetValue(Name)!, ct);
            await budgets.DeleteAsync(budget.Id, cancellationToken: ct);
            Console.Out.WriteLine($"Removed the budget {budget.Name}.");
            return 0;
        });
        return command;
    }
}
