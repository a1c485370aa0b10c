using Npgsql;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Jobs;

/// <summary>The queue beside those of others, on the same PostgreSQL, one after the other; and by itself.</summary>
static class JobsMeasure
{
    const int ManyJobs = 1_000_000;

    public static async Task<JobsReport> RunAsync(
        string folder, int jobs, double soakSeconds, Action<string> progress, CancellationToken cancellationToken)
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
        // Everybody's first pass is to warm up.
        await OvermindQueue.RunAsync(database, claims, jobs, TimeSpan.Zero, cancellationToken);
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
        progress("Claims in a short and a long queue");
        var claim = await ClaimMeasure.RunAsync(database, postgres.OwnerConnectionString, claims.OrganizationId!.Value, ManyJobs, cancellationToken);
        progress("Three workers, one killed every 5 s");
        var fire = await QueueUnderFire.RunAsync(postgres.OwnerConnectionString, jobs, cancellationToken);
        progress("A queue beside a long-running reader");
        var soak = await QueueSoak.RunAsync(database, postgres.OwnerConnectionString, soakSeconds, cancellationToken);
        return new JobsReport([ours, graphile, boss, hangfire], kept, start, enqueue, claim, fire, soak, await VersionAsync(postgres.OwnerConnectionString, cancellationToken));
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

    /// <summary>As 15.8.</summary>
    static async Task<string> VersionAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
