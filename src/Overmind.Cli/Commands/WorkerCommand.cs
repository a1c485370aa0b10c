using System.CommandLine;
using Overmind.Cli.Jobs;
using Overmind.Jobs;

namespace Overmind.Cli.Commands;

static class WorkerCommand
{
    static readonly Option<int> Concurrency = new("--concurrency") { Description = "Jobs at a time, 1 to 1000", DefaultValueFactory = _ => 8 };

    static readonly Option<string?> Kinds = new("--kinds") { Description = "Kinds of jobs to do, separated by commas; default: all", HelpName = "kinds" };

    static readonly Option<int> Grace = new("--grace") { Description = "Seconds that running jobs may take to end when the worker stops", DefaultValueFactory = _ => 25 };

    static readonly Option<int?> Memory = new("--memory") { Description = "Megabytes that the worker may take before it is killed and started anew; default: no limit", HelpName = "megabytes" };

    static WorkerCommand()
    {
        InRange(Concurrency, 1, 1000);
        InRange(Grace, 0, 3600);
        InRange(Memory, 64, 1_000_000);
    }

    public static Command Create()
    {
        var command = new Command("worker", "Work on the jobs of an instance in a process of its own") { Concurrency, Kinds, Grace, Memory };
        command.SetAction(async (parsed, stop) =>
        {
            var grace = TimeSpan.FromSeconds(parsed.GetValue(Grace));
            if (WorkerSupervisor.IsChild)
            {
                var options = new JobWorkerOptions
                {
                    MaxConcurrency = parsed.GetValue(Concurrency),
                    Kinds = parsed.GetValue(Kinds)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    Grace = grace,
                };
                await new WorkerInstance(parsed, options).RunAsync(stop);
                return 0;
            }

            var supervisor = new WorkerSupervisor(
                new WorkerSupervisorOptions
                {
                    MemoryLimit = parsed.GetValue(Memory) is { } megabytes ? megabytes * 1024L * 1024 : null,
                    StopTimeout = grace + TimeSpan.FromSeconds(15),
                    Log = Console.Error.WriteLine,
                },
                TimeProvider.System);
            return await supervisor.RunAsync(stop);
        });
        return command;
    }

    static void InRange<T>(Option<T> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var number) && number >= min && number <= max))
            result.AddError($"{option.Name} is a number from {min} to {max}");
    });
}
