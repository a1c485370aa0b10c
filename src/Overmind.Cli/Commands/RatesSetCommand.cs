using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class RatesSetCommand
{
    static readonly Argument<string> Currency = RateArguments.Currency();

    static readonly Argument<decimal> Rate = new("rate") { Description = "Units of the currency for one US dollar, as 0.79" };

    static readonly Option<DateOnly?> From = RateArguments.From("The day from which on it holds, until the next rate of that currency; default: today");

    public static Command Create()
    {
        var command = ApiVerb.Create("set", "Set what a US dollar is worth in another currency, from a day on", Currency, Rate, From);
        command.SetAction(async (parsed, ct) =>
        {
            var rate = new NewExchangeRate { Currency = parsed.GetValue(Currency)!, ValidFrom = RateArguments.Day(parsed, From), Rate = parsed.GetValue(Rate) };
            var set = await InstanceApi.Connect(parsed).ExchangeRates.SetAsync(rate, cancellationToken: ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, set);
            else
                Console.Out.WriteLine($"1 USD is {RateArguments.Text(set.Rate)} {set.Currency} from {set.ValidFrom:yyyy-MM-dd} on.");
            return 0;
        });
        return command;
    }
}
