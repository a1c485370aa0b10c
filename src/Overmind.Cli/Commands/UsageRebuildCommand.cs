using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Usage;

namespace Overmind.Cli.Commands;

static class UsageRebuildCommand
{
    public static Command Create()
    {
        var command = new Command("rebuild", "Sum up usage anew from the ledger, on the machine of the instance; calls go on meanwhile");
        command.SetAction(async (parsed, ct) =>
        {
            var (organizations, calls) = await UsageOwner.RunAsync(InstanceFolder.Of(parsed), UsageVerifier.RebuildAsync, ct);
            Output.Write(parsed, new { organizations, calls }, $"Calls that were summed up: {calls}; organizations: {organizations}");
            return 0;
        });
        return command;
    }
}
