using System.Collections.Concurrent;
using System.Diagnostics;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>The real command line, as a process of its own.</summary>
sealed class OvermindProcess : IDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<string> output = [];
    readonly ConcurrentQueue<string> errors = [];

    OvermindProcess(string[] arguments, IReadOnlyDictionary<string, string>? variables)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Overmind.Cli"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("OVERMIND_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;
    public string Output => string.Join('\n', output);
    public string Errors => string.Join('\n', errors);

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs a verb to its end, with environment variables.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        using var verb = new OvermindProcess(arguments, variables);
        return (await verb.EndAsync(), verb.Output, verb.Errors);
    }

    /// <summary>Starts a verb and does not wait for it.</summary>
    public static OvermindProcess Start(params string[] arguments) => new(arguments, null);

    /// <summary>Starts <c>up</c> and returns when its ready line is there.</summary>
    /// <param name="port">Default: a free one. Null: the one that the variables say.</param>
    public static async Task<OvermindProcess> UpAsync(string data, IReadOnlyDictionary<string, string>? variables = null, int? port = 0)
    {
        var up = StartUp(data, variables, port);
        await Poll.UntilAsync(() => up.process.HasExited || up.Output.Contains("ready at", StringComparison.Ordinal), seconds: 60);
        up.process.HasExited.ShouldBeFalse(up.Errors);
        return up;
    }

    /// <summary>Starts <c>up</c> on a free port and does not wait for it.</summary>
    public static OvermindProcess StartUp(string data, IReadOnlyDictionary<string, string>? variables = null, int? port = 0) =>
        new(["up", "--data", data, .. port is { } number ? new[] { "--port", number.ToString() } : []], variables);

    public void Signal(int signal) => Posix.Signal(process.Id, signal).ShouldBeTrue();

    /// <summary>Stops it as an operator would.</summary>
    public async Task StopAsync()
    {
        Signal(Posix.Terminate);
        (await EndAsync()).ShouldBe(0, Errors);
    }

    /// <summary>The exit code, when it has ended by itself.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    static void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
