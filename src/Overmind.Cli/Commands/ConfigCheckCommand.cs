using System.CommandLine;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConfigCheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Tell everything that is wrong with the configuration; exit code 1 when something is");
        command.SetAction(parsed =>
        {
            var folder = InstanceFolder.Of(parsed);
            var problems = EffectiveConfiguration.Read(parsed, folder).Problems;
            Output.Write(parsed, new { Ok = problems.Count == 0, File = folder.ConfigurationFile, Problems = problems }, problems.Count == 0
                ? $"The configuration is right{(folder.ConfigurationFile is { } file ? $"; it was read from {file} and the environment" : "; there is no file, only the environment")}"
                : string.Join('\n', problems));
            return problems.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
