using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Overmind.Bench.Floor;

/// <summary>Runs PostgreSQL's own load generator: what the database gives to a client that does nothing but send the statements.</summary>
sealed class Pgbench(string binFolder, string connectionString)
{
    /// <summary>
    /// Runs the scripts, chosen at random with equal weight, with prepared statements. What falls into the warm-up (each connection
    /// prepares each statement once) is not counted.
    /// </summary>
    public async Task<Latencies> RunAsync(PgbenchScripts scripts, int clients, double warmupSeconds, double seconds, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("overmind-bench-");
        try
        {
            var arguments = new List<string>
            {
                "--no-vacuum", "--protocol=prepared", $"--client={clients}", $"--jobs={Math.Min(clients, Environment.ProcessorCount)}",
                $"--time={Math.Ceiling(warmupSeconds + seconds)}", "--log", $"--log-prefix={folder.FullName}/log",
            };
            foreach (var (name, value) in scripts.Variables)
                arguments.Add($"--define={name}={value}");
            foreach (var (text, number) in scripts.Texts.Select((text, number) => (text, number)))
            {
                var file = $"{folder.FullName}/{number}.sql";
                await File.WriteAllTextAsync(file, text, cancellationToken);
                arguments.Add($"--file={file}");
            }
            await ExecuteAsync(arguments, cancellationToken);
            return Read(folder.EnumerateFiles("log*"), warmupSeconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task ExecuteAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var login = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Path.Combine(binFolder, "pgbench"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = login.Host,
                ["PGPORT"] = login.Port.ToString(CultureInfo.InvariantCulture),
                ["PGDATABASE"] = login.Database,
                ["PGUSER"] = login.Username,
                ["PGPASSWORD"] = login.Password,
                ["PGOPTIONS"] = login.Options,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await output;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pgbench ended with exit code {process.ExitCode}: {errors.Trim()}");
    }

    // A line a transaction: client, number, microseconds, script, and when it ended in epoch seconds and microseconds.
    static Latencies Read(IEnumerable<FileInfo> logs, double warmupSeconds)
    {
        var transactions = logs
            .SelectMany(log => File.ReadLines(log.FullName))
            .Select(line => line.Split(' '))
            .Select(columns => (End: Number(columns[4]) + Number(columns[5]) / 1e6, Milliseconds: Number(columns[2]) / 1e3))
            .ToList();
        var begin = transactions.Min(transaction => transaction.End - transaction.Milliseconds / 1e3) + warmupSeconds;
        var end = transactions.Max(transaction => transaction.End);
        return Latencies.Of(transactions.Where(transaction => transaction.End > begin).Select(transaction => transaction.Milliseconds), end - begin);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
