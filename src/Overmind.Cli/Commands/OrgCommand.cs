using System.CommandLine;

namespace Overmind.Cli.Commands;

static class OrgCommand
{
    public static Command Create() => new("org", "Organizations of the instance: for its operator, on its machine, without a key")
    {
        OrgListCommand.Create(),
        OrgShowCommand.Create(),
        OrgCreateCommand.Create(),
        OrgLimitCommand.Create(),
        OrgVerbs.Suspend(),
        OrgVerbs.Cancel(),
        OrgVerbs.Restore(),
        OrgVerbs.Delete(),
        OrgVerbs.Purge(),
    };
}
