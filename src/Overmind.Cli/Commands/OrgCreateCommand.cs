using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class OrgCreateCommand
{
    static readonly Argument<string> Name = new("name") { Description = "What people call it" };

    static readonly Option<string> Admin = new("--admin") { Description = "E-mail of its admin; one that has an account keeps it", HelpName = "e-mail", Required = true };

    static readonly Option<string?> Slug = new("--slug") { Description = "Its short name; default: made from the name", HelpName = "slug" };

    public static Command Create()
    {
        var command = new Command("create", "Make an organization with its admin") { Name, Admin, Slug };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var organization = await access.Organizations.CreateAsync(
                new() { Name = parsed.GetValue(Name)!, Slug = parsed.GetValue(Slug) }, parsed.GetValue(Admin)!, ct);
            Output.Write(parsed, organization, OrgShowCommand.Text(organization));
            return 0;
        });
        return command;
    }
}
