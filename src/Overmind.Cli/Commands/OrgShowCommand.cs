using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Tenancy;

namespace Overmind.Cli.Commands;

static class OrgShowCommand
{
    static readonly Argument<string> Which = NamedOrganization.Argument();

    public static Command Create()
    {
        var command = new Command("show", "Show an organization: plan, limits, state") { Which };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var organization = await NamedOrganization.FindAsync(access, parsed.GetValue(Which)!, ct);
            Output.Write(parsed, organization, Text(organization));
            return 0;
        });
        return command;
    }

    internal static string Text(Organization organization) => string.Join('\n',
    [
        $"{organization.Name} ({organization.Slug}, {organization.Id})",
        $"State          {OrgListCommand.State(organization)}{(organization.SuspensionReason is { } reason ? $": {reason}" : "")}",
        $"Plan           {LowerSnake.Write(organization.Plan)}",
        $"Members        {organization.MemberCount} of {Limit(organization.MaxUsers)}",
        $"Runs a month   {Limit(organization.MonthlyQueryLimit)}",
        $"Tokens a month {Limit(organization.MonthlyTokenLimit)}",
        $"Features       {Words(organization.EnabledFeatures)}",
        $"Experimental   {Words(organization.ExperimentalFeatures)}",
    ]);

    static string Limit(long? limit) => limit?.ToString() ?? "no limit";

    static string Words(IReadOnlyList<string> words) => words.Count == 0 ? "none" : string.Join(' ', words);
}
