using System.CommandLine;

namespace Overmind.Cli.Commands;

static class UsageCommand
{
    public static Command Create() => new("usage", "Correct what calls cost, and see which have no price")
    {
        UsageRepriceCommand.Create(),
        UsageUnpricedCommand.Create(),
    };
}
