using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Usage;

namespace Overmind.Cli.Commands;

static class UsageVerifyCommand
{
    const int Shown = 10;

    public static Command Create()
    {
        var command = new Command("verify", "Compare the sums of usage with the ledger, on the machine of the instance; exit code 1 when they differ");
        command.SetAction(async (parsed, ct) =>
        {
            var found = await UsageOwner.RunAsync(InstanceFolder.Of(parsed), UsageVerifier.VerifyAsync, ct);
            Output.Write(parsed, found, Text(found));
            return found.Holds ? 0 : 1;
        });
        return command;
    }

    static string Text(UsageVerification found) => string.Join('\n', [
        found.Holds ? "The sums of usage are what the ledger adds up to:" : "The sums of usage are not what the ledger adds up to; `overmind usage rebuild` restores them:",
        .. found.Sums.Select(sum => $"  {sum.Of,-39} {sum.Tokens,18} tokens {sum.CostUsd,18} USD"),
        .. found.Differences.Take(Shown).Select(Text)]);

    static string Text(UsageDifference difference)
    {
        var of = difference.Of is { } name ? $" {name}" : "";
        var hour = difference.Hour is { } number ? $" {number:00}:00 UTC" : "";
        var bucket = difference.LatencyBucket is { } latency ? $", latency bucket {latency}" : "";
        return $"  organization {difference.OrganizationId}, {difference.Dimension}{of}, {difference.Date:yyyy-MM-dd}{hour}{bucket}: ledger {difference.Ledger?.ToJsonString()}, sum {difference.RolledUp?.ToJsonString()}";
    }
}
