using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class PricesListCommand
{
    static readonly Option<string?> Provider = new("--provider") { Description = "Only of the provider of this name", HelpName = "name" };

    static readonly Option<bool> Own = new("--own") { Description = "Only those that the organization has set" };

    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List prices, in US dollars for a million tokens: the organization's, and those of the catalogue", Provider, Own);
        command.SetAction(async (parsed, ct) =>
        {
            var filter = new PriceFilter { Provider = parsed.GetValue(Provider), Source = parsed.GetValue(Own) ? "organization" : null };
            var prices = await AllAsync(InstanceApi.Connect(parsed).Prices, filter, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, prices);
            else if (prices.Count == 0)
                Console.Out.WriteLine("There is none. `overmind prices set` sets one.");
            else
                AnsiConsole.Write(PriceTable.Of(prices));
            return 0;
        });
        return command;
    }

    public static async Task<IReadOnlyList<Price>> AllAsync(PricesClient prices, PriceFilter filter, CancellationToken ct)
    {
        List<Price> all = [];
        Client.Page<Price> page;
        do
        {
            page = await prices.ListAsync(new Client.PageRequest { Limit = 100, After = all.Count > 0 ? all[^1].Id : null }, filter, ct);
            all.AddRange(page.Items);
        }
        while (page.HasMore);
        return all;
    }
}
