using System.CommandLine;

namespace Overmind.Cli.Commands;

static class UsageCommand
{
    public static Command Create() => new("usage", "Report what was used and what it cost, correct costs, and verify the sums")
    {
        UsageReportCommand.Create(),
        UsageRepriceCommand.Create(),
        UsageUnpricedCommand.Create(),
        UsageOverLimitCommand.Create(),
        UsageRebuildCommand.Create(),
        UsageVerifyCommand.Create(),
    };
}
