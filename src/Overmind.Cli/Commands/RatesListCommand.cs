using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class RatesListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the exchange rates that the organization has set");
        command.SetAction(async (parsed, ct) =>
        {
            var rates = await AllAsync(InstanceApi.Connect(parsed).ExchangeRates, currency: null, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, rates);
            else if (rates.Count == 0)
                Console.Out.WriteLine("There is none: costs are in US dollars. `overmind rates set` sets one.");
            else
                AnsiConsole.Write(Table(rates));
            return 0;
        });
        return command;
    }

    public static async Task<IReadOnlyList<ExchangeRate>> AllAsync(ExchangeRatesClient rates, string? currency, CancellationToken ct)
    {
        List<ExchangeRate> all = [];
        Client.Page<ExchangeRate> page;
        do
        {
            page = await rates.ListAsync(new Client.PageRequest { Limit = 100, After = all.Count > 0 ? all[^1].Id : null }, currency, ct);
            all.AddRange(page.Items);
        }
        while (page.HasMore);
        return all;
    }

    static Table Table(IReadOnlyList<ExchangeRate> rates)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Currency", "From", "For one US dollar");
        foreach (var rate in rates.OrderBy(r => r.Currency, StringComparer.Ordinal).ThenByDescending(r => r.ValidFrom))
            table.AddRow(rate.Currency, $"{rate.ValidFrom:yyyy-MM-dd}", RateArguments.Text(rate.Rate));
        return table;
    }
}
