using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class SettingsEditCommand
{
    static readonly Option<string?> File = new("--file") { Description = "What is to change as JSON, with the members that the API takes; - reads standard input", HelpName = "settings.json" };

    static readonly Option<string[]> Clear = new("--clear") { Description = "Setting that is to be the installation's or the default again, as cost_cap_usd", HelpName = "setting" };

    public static Command Create()
    {
        var command = new Command("edit", "Change what the file names and clear what is to be cleared; for admins") { File, Clear, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var changes = parsed.GetValue(File) is { } file ? await BodyFile.ReadAsync<OrganizationSettingsChanges>(file, stop) : new();
            var cleared = parsed.GetValue(Clear) ?? [];
            if (parsed.GetValue(File) is null && cleared.Length == 0)
                throw new CliException("nothing_to_change", "nothing is to be changed", "name a file with --file, or a setting with --clear") { ExitCode = 2 };
            var settings = await InstanceApi.Connect(parsed).Settings.UpdateAsync(changes with { Clear = cleared }, stop);
            Output.Write(parsed, settings, Fields.Of(settings));
            return 0;
        });
        return command;
    }
}
