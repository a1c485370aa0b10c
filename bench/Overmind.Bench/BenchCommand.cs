using System.CommandLine;
using System.Text.Json;
using Overmind.Bench.Reports;
using Overmind.Postgres.Embedded;
using Overmind.Postgres.Migrations;

namespace Overmind.Bench;

/// <summary>The verb <c>overmind bench</c>: exit code 0 when every aim was reached, 1 otherwise.</summary>
static class BenchCommand
{
    static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the benchmark's own database; kept, so that the next run starts at once",
        HelpName = "folder",
        DefaultValueFactory = _ => "/var/tmp/overmind-bench",
    };

    static readonly Option<int> Messages = new("--messages") { Description = "Messages to measure among", DefaultValueFactory = _ => 1_000_000 };

    static readonly Option<double> Seconds = new("--seconds") { Description = "Time for each side of each comparison", DefaultValueFactory = _ => 12 };

    static readonly Option<string?> Write = new("--write")
    {
        Description = "Write the report: to docs/performance.md, or to the file that is named",
        HelpName = "file",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static readonly Option<string[]> Only = new("--only")
    {
        Description = $"Measure these parts alone: {string.Join(", ", BenchSection.All)}",
        HelpName = "part",
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<string> Format = new("--format") { Description = "text (default) or json", HelpName = "text|json", DefaultValueFactory = _ => "text" };

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var command = new RootCommand("Measure Overmind against floors taken in the same run") { Data, Messages, Seconds, Only, Write, Format, Jobs.JobsCommand.Create() };
        Format.AcceptOnlyFromAmong("text", "json");
        Only.AcceptOnlyFromAmong(BenchSection.All);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await MeasureAsync(parsed, cancellationToken);
        }
        catch (Exception failure) when (failure is MigrationException or EmbeddedPostgresException or InvalidOperationException)
        {
            Console.Error.WriteLine($"error: {failure.Message}");
            if (failure is MigrationException)
                Console.Error.WriteLine("       a data folder of an earlier version is of no use here: remove it, or name another with --data");
            return 1;
        }
    }

    static async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new BenchOptions(parsed.GetValue(Messages), parsed.GetValue(Seconds), Rounds: 3, parsed.GetValue(Only) is { Length: > 0 } only ? only : BenchSection.All);
        var machine = Machine.This;
        var report = await Benchmark.RunAsync(Path.GetFullPath(parsed.GetValue(Data)!), options, Console.Error.WriteLine, cancellationToken);
        if (parsed.GetValue(Format) == "json")
            Console.Out.WriteLine(JsonSerializer.Serialize(report, Json));
        else
            ConsoleReport.Write(report);
        if (parsed.GetResult(Write) is not null)
            await File.WriteAllTextAsync(parsed.GetValue(Write) ?? PageOfTheRepository(), MarkdownReport.Write(report, machine), cancellationToken);
        return report.IsReached ? 0 : 1;
    }

    static string PageOfTheRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Overmind.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new DirectoryNotFoundException("There is no repository around this program: name the file."), "docs", "performance.md");
    }
}
