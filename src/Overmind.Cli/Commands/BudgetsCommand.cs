using System.CommandLine;

namespace Overmind.Cli.Commands;

static class BudgetsCommand
{
    public static Command Create() => new("budgets", "See and set what may be used in a day, week or month")
    {
        BudgetsListCommand.Create(),
        BudgetsSetCommand.Create(),
        BudgetsShowCommand.Create(),
        BudgetsRemoveCommand.Create(),
    };
}
