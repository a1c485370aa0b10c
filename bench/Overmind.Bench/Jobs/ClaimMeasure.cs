using System.Diagnostics;
using Npgsql;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Bench.Jobs;

/// <summary>What a claim takes in a short queue and in a long one.</summary>
static class ClaimMeasure
{
    const int Claims = 90;

    static readonly Guid Other = new("00000000-0000-7000-8000-0000000000ab");

    public static async Task<ClaimFigures> RunAsync(OvermindDatabase database, string owner, Guid organization, int waiting, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        var store = new JobStore(new Database(database.Requests));
        await FillAsync(source, organization, 1000, cancellationToken);
        var (few, _) = await ClaimAsync(store, cancellationToken);
        await FillAsync(source, organization, waiting, cancellationToken);
        var (many, isFair) = await ClaimAsync(store, cancellationToken);
        await ExecuteAsync(source, "truncate jobs", cancellationToken);
        return new ClaimFigures(waiting, few, many, isFair);
    }

    static async Task<(Latencies Latencies, bool IsFair)> ClaimAsync(JobStore store, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>();
        var isFair = false;
        for (var i = 0; i < Claims; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var (jobs, _) = await store.ClaimAsync(["bench.noop"], "bench", 1, 10, TimeSpan.FromMinutes(10), "{}", null, null, cancellationToken);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (i == 0) isFair = jobs.Any(j => j.OrganizationId == Other);
        }

        return (Latencies.Of(milliseconds, milliseconds.Sum() / 1000), isFair);
    }

    static async Task FillAsync(NpgsqlDataSource source, Guid organization, int jobs, CancellationToken cancellationToken)
    {
        await ExecuteAsync(source, $"truncate jobs; insert into organizations (id, name, slug) values ('{Other}', 'Other', 'other') on conflict do nothing", cancellationToken);
        await ExecuteAsync(
            source,
            $"""
            insert into jobs (organization_id, kind, payload)
            select '{organization}'::uuid, 'bench.noop', jsonb_build_object('number', 0) from generate_series(1, {jobs})
            union all
            select '{Other}'::uuid, 'bench.noop', jsonb_build_object('number', 0)
            """,
            cancellationToken);
        await ExecuteAsync(source, "vacuum (analyze) jobs", cancellationToken);
    }

    static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
