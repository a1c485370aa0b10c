using System.CommandLine;

namespace Overmind.Cli.Commands;

static class TierCommand
{
    public static Command Create() => new("tier", "Subscription tiers: see them, change them, give them")
    {
        TierListCommand.Create(),
        TierEditCommand.Create(),
        TierGiveCommand.Create(),
    };
}
