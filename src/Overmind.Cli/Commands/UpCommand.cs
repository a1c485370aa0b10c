using System.CommandLine;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class UpCommand
{
    // Their values come with those of the environment and the file.
    static readonly Option<int> Port = new(Settings.Port.Flag!) { Description = Settings.Port.Description, DefaultValueFactory = _ => int.Parse(Settings.Port.Default!) };
    static readonly Option<string> Host = new(Settings.Host.Flag!) { Description = Settings.Host.Description, DefaultValueFactory = _ => Settings.Host.Default! };

    static UpCommand() => Port.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !Settings.Port.Type.Accepts(result.Tokens[0].Value))
            result.AddError($"{Settings.Port.Flag} is {Settings.Port.Type.Words}");
    });

    public static Command Create()
    {
        var command = new Command("up", "Start the server, and the database it brings along") { Port, Host };
        command.SetAction(async (parsed, stop) =>
        {
            var folder = InstanceFolder.Of(parsed);
            var instance = new RunningInstance(folder, EffectiveConfiguration.Read(parsed, folder).Checked());
            await instance.RunAsync(ready => Output.Write(parsed, new { ready.Url, ready.Process.Pid, Data = folder.Path }, $"Overmind is ready at {ready.Url}"), stop);
            return 0;
        });
        return command;
    }
}
