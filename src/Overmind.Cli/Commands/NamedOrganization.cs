using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Tenancy;

namespace Overmind.Cli.Commands;

/// <summary>The organization that a verb is about.</summary>
static class NamedOrganization
{
    public static Argument<string> Argument() => new("organization") { Description = "Its slug or id" };

    /// <exception cref="CliException">There is none, or more than one (deleted ones keep their slug).</exception>
    public static async Task<Organization> FindAsync(InstanceAccess access, string which, CancellationToken cancellationToken)
    {
        var found = await access.Organizations.ListAsync(which, cancellationToken);
        return found.Where(organization => organization.DeletedAt is null).Concat(found).FirstOrDefault() ?? throw Missing(which);
    }

    public static CliException Missing(string which) => new("organization_not_found", $"there is no organization {which}", "see `overmind org list`");
}
