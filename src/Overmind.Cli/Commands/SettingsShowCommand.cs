using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class SettingsShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show what the organization has set") { InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var settings = await InstanceApi.Connect(parsed).Settings.GetAsync(stop);
            Output.Write(parsed, settings, Fields.Of(settings));
            return 0;
        });
        return command;
    }
}
