using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Tenancy;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class OrgListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the organizations of the instance, deleted ones last");
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var organizations = await access.Organizations.ListAsync(null, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, organizations);
            else
                AnsiConsole.Write(TableOf(organizations));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Organization> organizations)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Slug", "Name", "Plan", "Members", "State", "Id");
        foreach (var organization in organizations)
            table.AddRow(
                organization.Slug,
                Markup.Escape(organization.Name),
                LowerSnake.Write(organization.Plan),
                organization.MaxUsers is { } most ? $"{organization.MemberCount} of {most}" : organization.MemberCount.ToString(),
                State(organization),
                organization.Id.ToString());
        return table;
    }

    internal static string State(Organization organization) => organization switch
    {
        { DeletedAt: { } deleted } => $"deleted, purged from {Day(deleted + OrganizationOperations.KeptAfterDeletion)}",
        { Status: OrganizationStatus.Cancelled, EndsAt: { } ends } => $"cancelled, ends {Day(ends)}",
        _ => LowerSnake.Write(organization.Status),
    };

    static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd");
}
