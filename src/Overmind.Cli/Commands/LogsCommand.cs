using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class LogsCommand
{
    static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with new lines as they are written" };
    static readonly Option<int> Lines = new("--lines", "-n") { Description = "How many of the last lines to show", DefaultValueFactory = _ => 100 };

    public static Command Create()
    {
        var command = new Command("logs", "Show the instance's log") { Follow, Lines };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            if (!File.Exists(folder.LogFile))
                throw new CliException("no_instance", $"there is no log in {folder.Path}", "start an instance with `overmind up`, or name its folder with --data");
            Action<string> write = Output.IsJson(parsed) ? line => Output.WriteJson(Console.Out, new { Line = line }) : Console.Out.WriteLine;
            var (shown, end) = Last(folder.LogFile, parsed.GetValue(Lines));
            shown.ForEach(write);
            if (parsed.GetValue(Follow))
                await FollowAsync(folder.LogFile, end, write, ct);
            return 0;
        });
        return command;
    }

    static (List<string> Lines, long End) Last(string file, int count)
    {
        using var reader = Open(file);
        var last = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            last.Enqueue(line);
            if (last.Count > count)
                last.Dequeue();
        }
        return ([.. last], reader.BaseStream.Position);
    }

    static async Task FollowAsync(string file, long from, Action<string> write, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(200, ct);
                // A shorter file is a new one: the log was turned.
                var length = File.Exists(file) ? new FileInfo(file).Length : 0;
                if (length == from)
                    continue;
                using var reader = Open(file);
                reader.BaseStream.Position = length < from ? 0 : from;
                while (await reader.ReadLineAsync(ct) is { } line)
                    write(line);
                from = reader.BaseStream.Position;
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how following ends.
        }
    }

    static StreamReader Open(string file) => new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
}
