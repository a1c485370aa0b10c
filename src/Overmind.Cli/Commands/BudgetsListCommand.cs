using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class BudgetsListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the budgets that concern the organization and you, with what is used of each");
        command.SetAction(async (parsed, ct) =>
        {
            var budgets = await AllAsync(InstanceApi.Connect(parsed).Budgets, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, budgets);
            else if (budgets.Count == 0)
                Console.Out.WriteLine("There is none: nothing limits what is used. `overmind budgets set` sets one.");
            else
                AnsiConsole.Write(BudgetTable.Of(budgets));
            return 0;
        });
        return command;
    }

    public static async Task<IReadOnlyList<Budget>> AllAsync(BudgetsClient budgets, CancellationToken ct)
    {
        List<Budget> all = [];
        Client.Page<Budget> page;
        do
        {
            page = await budgets.ListAsync(new Client.PageRequest { Limit = 100, After = all.Count > 0 ? all[^1].Id : null }, cancellationToken: ct);
            all.AddRange(page.Items);
        }
        while (page.HasMore);
        return all;
    }

    /// <exception cref="CliException">There is none of this name that the caller sees.</exception>
    public static async Task<Budget> FindAsync(BudgetsClient budgets, string name, CancellationToken ct) =>
        (await AllAsync(budgets, ct)).FirstOrDefault(b => b.Name == name)
        ?? throw new CliException("budget_not_found", $"there is no budget '{name}'", "see `overmind budgets list`");
}
