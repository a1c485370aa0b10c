using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class PricesShowCommand
{
    static readonly Argument<string> Model = PriceArguments.Model("As openai/gpt-4o, by any of its names");

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show all prices that calls of a model may be charged by; exit code 1 when none is known", Model);
        command.SetAction(async (parsed, ct) =>
        {
            var model = PriceArguments.Of(parsed, Model);
            var prices = await PricesListCommand.AllAsync(
                InstanceApi.Connect(parsed).Prices, new PriceFilter { Provider = model.Provider, Model = model.Model }, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, prices);
            else if (prices.Count == 0)
                Console.Out.WriteLine($"No price of {model} is known: its calls work, and their cost is not known. `overmind prices set {model} --input … --output …` sets it.");
            else
                AnsiConsole.Write(PriceTable.Of(prices));
            return prices.Count == 0 ? 1 : 0;
        });
        return command;
    }
}
