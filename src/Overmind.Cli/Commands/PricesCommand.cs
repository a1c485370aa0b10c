using System.CommandLine;

namespace Overmind.Cli.Commands;

static class PricesCommand
{
    public static Command Create() => new("prices", "See what models cost, and set what they cost the organization")
    {
        PricesListCommand.Create(),
        PricesShowCommand.Create(),
        PricesSetCommand.Create(),
        PricesUnsetCommand.Create(),
    };
}
