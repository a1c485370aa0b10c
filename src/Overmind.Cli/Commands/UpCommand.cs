using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class UpCommand
{
    static readonly Option<int> Port = new("--port") { Description = "Port to listen on; 0 takes a free one", DefaultValueFactory = _ => 8080 };
    static readonly Option<string> Host = new("--host") { Description = "Address to listen on; 0.0.0.0 for every one", DefaultValueFactory = _ => "127.0.0.1" };

    static UpCommand() => Port.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !ushort.TryParse(result.Tokens[0].Value, out _))
            result.AddError("--port is a number from 0 to 65535");
    });

    public static Command Create()
    {
        var command = new Command("up", "Start the server, and the database it brings along") { Port, Host };
        command.SetAction(async (parsed, stop) =>
        {
            var folder = new InstanceFolder(parsed.GetValue(GlobalOptions.Data)!);
            var instance = new RunningInstance(folder, parsed.GetValue(Host)!, parsed.GetValue(Port));
            await instance.RunAsync(ready => Output.Write(parsed, new { ready.Url, ready.Process.Pid, Data = folder.Path }, $"Overmind is ready at {ready.Url}"), stop);
            return 0;
        });
        return command;
    }
}
