using System.CommandLine;

namespace Overmind.Cli.Commands;

static class RatesCommand
{
    public static Command Create() => new("rates", "See and set what a US dollar is worth in other currencies")
    {
        RatesListCommand.Create(),
        RatesSetCommand.Create(),
        RatesUnsetCommand.Create(),
    };
}
