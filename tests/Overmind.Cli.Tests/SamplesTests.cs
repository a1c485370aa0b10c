using System.Diagnostics;
using System.Text.Json;
using Overmind.Cli.Instances;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

public class SamplesTests(SharedInstance instance)
{
    [Fact]
    public async Task The_sample_program_asks_and_shows_the_run()
    {
        var data = await instance.DataAsync();
        var status = await OvermindProcess.RunAsync("status", "--data", data, "--format", "json");
        using var program = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Ask"), ["How should a small harbour choose its lighthouse?"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OVERMIND_URL"] = JsonDocument.Parse(status.Output).RootElement.GetProperty("url").GetString(),
                ["OVERMIND_API_KEY"] = (await File.ReadAllTextAsync(Path.Combine(data, "cli-key"))).Trim(),
            },
        })!;
        var errors = program.StandardError.ReadToEndAsync();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(0, await errors);
        output.ShouldContain("1/agent:creative");
        output.ShouldMatch(@"iteration 1 scored \d");
        output.ShouldMatch(@"succeeded, score \d+\.\d, \d+ tokens, \$0\.0000, offline model");
    }

    [Fact]
    public async Task The_sample_worker_does_a_job_of_its_own_kind()
    {
        var running = new InstanceFolder(await instance.DataAsync()).Running()!;
        using var program = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Worker"), ["Ada"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OVERMIND_DATABASE_URL"] = running.DatabaseUrl! },
        })!;
        var errors = program.StandardError.ReadToEndAsync();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(0, await errors);
        output.ShouldContain("Hello, Ada, at attempt 1");
        output.ShouldContain("""completed, result {"length": 3}""");
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task The_sample_query_finds_the_run_that_was_made(string query)
    {
        (await OvermindProcess.RunAsync("ask", "--data", await instance.DataAsync(), "Which query shows this run?")).ExitCode.ShouldBe(0);
        var rows = await OvermindProcess.RunAsync(
            "psql", "--data", await instance.DataAsync(), "--", "-At", "-v", "ON_ERROR_STOP=1", "-f", Repository.PathOf("samples", "sql", query));
        rows.ExitCode.ShouldBe(0, rows.Errors);
        rows.Output.Split('\n')[0].Split('|').Length.ShouldBeGreaterThan(3);
    }

    public static TheoryData<string> Queries => [.. Directory.EnumerateFiles(Repository.PathOf("samples", "sql"), "*.sql").Select(file => Path.GetFileName(file)).Order()];
}
