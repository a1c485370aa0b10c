using System.CommandLine;
using Npgsql;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Jobs;

/// <summary>The verb <c>overmind bench jobs</c>: the queue beside those of others, on the same PostgreSQL, one after the other.</summary>
static class JobsCommand
{
    static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the benchmark's own database",
        HelpName = "folder",
        DefaultValueFactory = _ => "/var/tmp/overmind-bench-jobs",
    };

    static readonly Option<int> Jobs = new("--jobs") { Description = "No-op jobs to do", DefaultValueFactory = _ => 100_000 };

    public static Command Create()
    {
        var command = new Command("jobs", "Measure the queue beside graphile-worker, pg-boss and Hangfire") { Data, Jobs };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await MeasureAsync(Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Jobs), Console.Error.WriteLine, cancellationToken);
            Write(report);
            return report.IsReached ? 0 : 1;
        });
        return command;
    }

    static async Task<JobsReport> MeasureAsync(string folder, int jobs, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var database = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        var claims = await MemberAsync(postgres.OwnerConnectionString, cancellationToken);
        var rivals = Path.Combine(folder, "rivals");
        progress("Installing the others");
        await RivalQueue.InstallAsync(rivals, cancellationToken);
        var (name, connectionString, url) = await RivalDatabaseAsync(postgres.SuperuserConnectionString, cancellationToken);

        progress("Overmind");
        await OvermindQueue.RunAsync(database, claims, jobs / 10, TimeSpan.Zero, cancellationToken);
        var ours = await OvermindQueue.RunAsync(database, claims, jobs, TimeSpan.Zero, cancellationToken);
        var kept = await OvermindQueue.RunAsync(database, claims, jobs, TimeSpan.FromDays(7), cancellationToken);
        progress("Start of a single job");
        var start = await OvermindQueue.StartAsync(database, claims, 1000, cancellationToken);
        progress("graphile-worker");
        var graphile = await RivalQueue.RunAsync("graphile-worker", "graphile-worker.mjs", rivals, url, jobs, cancellationToken);
        progress("pg-boss");
        var boss = await RivalQueue.RunAsync("pg-boss", "pg-boss.mjs", rivals, url, jobs, cancellationToken);
        progress("Hangfire.PostgreSql");
        // Slower by far: a twentieth says as much.
        var hangfire = await HangfireQueue.RunAsync(connectionString, jobs / 20, cancellationToken);
        progress("Enqueuing single jobs");
        var enqueue = await OvermindQueue.EnqueueAsync(database, claims, seconds: 5, cancellationToken);
        await ExecuteAsync(postgres.SuperuserConnectionString, $"drop database {name} with (force)", cancellationToken);
        return new JobsReport([ours, graphile, boss, hangfire], kept, start, enqueue);
    }

    static void Write(JobsReport report)
    {
        foreach (var queue in report.Queues)
            Console.WriteLine($"{queue.Name,-22} {queue.JobsPerSecond,10:#,0} jobs/s   enqueue in batches {queue.EnqueueBatched,10:#,0}/s");
        Console.WriteLine($"{"Overmind, jobs kept",-22} {report.Kept.JobsPerSecond,10:#,0} jobs/s");
        Console.WriteLine($"ratio to the best of the others {report.Ratio:0.0} (aim ≥ {JobsReport.LeastRatio})");
        Console.WriteLine($"start of a single job: p50 {report.Start.P50:0.00} ms, p99 {report.Start.P99:0.00} ms (aims ≤ {JobsReport.MostP50} and {JobsReport.MostP99} ms)");
        Console.WriteLine($"enqueue single jobs, 8 callers: {report.EnqueueSingle.Rate:#,0}/s, p50 {report.EnqueueSingle.P50:0.00} ms");
    }

    static async Task<Claims> MemberAsync(string owner, CancellationToken cancellationToken)
    {
        var (organization, user) = (new Guid("00000000-0000-7000-8000-0000000000aa"), new Guid("00000000-0000-7000-8000-0000000000bb"));
        await ExecuteAsync(
            owner,
            $"""
            truncate jobs;
            insert into organizations (id, name, slug) values ('{organization}', 'Bench', 'bench') on conflict do nothing;
            insert into users (id, email, name) values ('{user}', 'bench@example.test', 'Bench') on conflict do nothing;
            insert into organization_members (organization_id, user_id, role, display_name) values ('{organization}', '{user}', 'user', 'Bench') on conflict do nothing;
            """,
            cancellationToken);
        return new Claims(organization, user, OrganizationRole.User);
    }

    /// <summary>A database of their own, for they make schemas.</summary>
    static async Task<(string Name, string ConnectionString, string Url)> RivalDatabaseAsync(string superuser, CancellationToken cancellationToken)
    {
        const string name = "overmind_bench_rivals";
        await ExecuteAsync(superuser, $"drop database if exists {name} with (force)", cancellationToken);
        await ExecuteAsync(superuser, $"create database {name}", cancellationToken);
        var to = new NpgsqlConnectionStringBuilder(superuser) { Database = name };
        var login = $"{to.Username}:{Uri.EscapeDataString(to.Password ?? "")}";
        var url = to.Host!.StartsWith('/')
            ? $"postgres://{login}@localhost:{to.Port}/{name}?host={Uri.EscapeDataString(to.Host)}"
            : $"postgres://{login}@{to.Host}:{to.Port}/{name}";
        return (name, to.ConnectionString, url);
    }

    static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
