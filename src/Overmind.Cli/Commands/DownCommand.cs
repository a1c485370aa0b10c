using System.CommandLine;
using System.Diagnostics;
using Overmind.Cli.Instances;
using Overmind.Postgres.Embedded;

namespace Overmind.Cli.Commands;

static class DownCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var command = new Command("down", "Stop the instance that runs in the background");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            if (folder.Running() is { } running)
            {
                await StopAsync(folder, running, ct);
                Output.Write(parsed, new { Status = "stopped", running.Process.Pid, Data = folder.Path }, $"Stopped the instance in {folder.Path} (process {running.Process.Pid})");
            }
            else if (Directory.Exists(folder.Path) && await EmbeddedPostgres.EndLeftoverAsync(folder.Path, ct))
                Output.Write(parsed, new { Status = "stopped", Data = folder.Path }, $"The server in {folder.Path} was dead already; ended the PostgreSQL it had left behind");
            else
                Output.Write(parsed, new { Status = "not_running", Data = folder.Path }, $"No instance runs in {folder.Path}");
            return 0;
        });
        return command;
    }

    static async Task StopAsync(InstanceFolder folder, InstanceRecord running, CancellationToken ct)
    {
        // Checked just before by number and start time, so that no stranger is hit.
        if (!Posix.Signal(running.Process.Pid, Posix.Terminate))
            throw new CliException("not_permitted", $"process {running.Process.Pid} cannot be stopped by this account", "run it as the account that started the instance");
        var told = TimeSpan.FromSeconds(2);
        for (var since = Stopwatch.StartNew(); running.Process.IsAlive || folder.IsInUse; await Task.Delay(25, ct))
        {
            if (since.Elapsed > Patience)
                throw new CliException("still_running", $"process {running.Process.Pid} has not stopped after {Patience.TotalSeconds} s",
                    $"see `overmind logs`, or end it with kill -9 {running.Process.Pid}: the next start recovers");
            if (since.Elapsed < told)
                continue;
            Console.Error.WriteLine($"Waiting for process {running.Process.Pid} to stop ({since.Elapsed.TotalSeconds:0} s)");
            told += TimeSpan.FromSeconds(5);
        }
    }
}
