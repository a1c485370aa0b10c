using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Tenancy;

namespace Overmind.Cli.Commands;

/// <summary>The verbs that change what state an organization is in.</summary>
static class OrgVerbs
{
    static readonly Option<string?> Reason = new("--reason") { Description = "Why, for its members to read", HelpName = "text" };

    public static Command Suspend()
    {
        var command = Verb(
            "suspend", "Suspend an organization, at once on all nodes: it can be read, and nothing in it written",
            (organizations, it, parsed, ct) => organizations.SuspendAsync(it.Id, parsed.GetValue(Reason), ct));
        command.Options.Add(Reason);
        return command;
    }

    public static Command Cancel() => Verb(
        "cancel", "Cancel an organization: read-only until its month is over, then suspended", (organizations, it, _, ct) => organizations.CancelAsync(it.Id, ct));

    public static Command Restore() => Verb(
        "restore", "Make an organization active again that is suspended, cancelled or deleted", (organizations, it, _, ct) => organizations.RestoreAsync(it.Id, ct));

    public static Command Delete() => Verb(
        "delete", "Delete an organization; it can be restored for 30 days", (organizations, it, _, ct) => organizations.DeleteAsync(it.Id, ct));

    public static Command Purge()
    {
        var which = NamedOrganization.Argument();
        var command = new Command("purge", "Delete a deleted organization for good, with everything under it, before its 30 days are over") { which };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var deleted = (await access.Organizations.ListAsync(parsed.GetValue(which)!, ct)).FirstOrDefault(organization => organization.DeletedAt is not null)
                ?? throw new CliException("organization_not_deleted", $"no deleted organization is called {parsed.GetValue(which)}", "delete it first with `overmind org delete`");
            await access.Organizations.PurgeAsync(deleted.Id, ct);
            Output.Write(parsed, new { deleted.Id, Purged = true }, $"Purged {deleted.Name}");
            return 0;
        });
        return command;
    }

    static Command Verb(
        string name, string description, Func<OrganizationOperations, Organization, ParseResult, CancellationToken, Task<Organization?>> act)
    {
        var which = NamedOrganization.Argument();
        var command = new Command(name, description) { which };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var changed = await act(access.Organizations, await NamedOrganization.FindAsync(access, parsed.GetValue(which)!, ct), parsed, ct)
                ?? throw NamedOrganization.Missing(parsed.GetValue(which)!);
            Output.Write(parsed, changed, OrgShowCommand.Text(changed));
            return 0;
        });
        return command;
    }
}
