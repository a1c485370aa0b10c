using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class RatesUnsetCommand
{
    static readonly Argument<string> Currency = RateArguments.Currency();

    static readonly Option<DateOnly?> From = RateArguments.From("The day from which on it holds; default: today");

    public static Command Create()
    {
        var command = ApiVerb.Create("unset", "Take a rate away: the one before it holds again", Currency, From);
        command.SetAction(async (parsed, ct) =>
        {
            var rates = InstanceApi.Connect(parsed).ExchangeRates;
            var (currency, from) = (parsed.GetValue(Currency)!, RateArguments.Day(parsed, From));
            if ((await RatesListCommand.AllAsync(rates, currency, ct)).FirstOrDefault(r => r.ValidFrom == from) is not { } rate)
                throw new CliException("exchange_rate_not_found", $"there is no rate of {currency} that begins on {from:yyyy-MM-dd}", "see `overmind rates list`");
            await rates.UnsetAsync(rate.Id, ct);
            Console.Out.WriteLine($"Took the rate of {currency} from {from:yyyy-MM-dd} away.");
            return 0;
        });
        return command;
    }
}
