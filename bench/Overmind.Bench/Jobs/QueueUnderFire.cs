using System.Diagnostics;
using Npgsql;

namespace Overmind.Bench.Jobs;

/// <summary>Three worker processes, one of them killed every five seconds.</summary>
static class QueueUnderFire
{
    const int Workers = 3;

    static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(5);

    public static async Task<FireFigures> RunAsync(string owner, int jobs, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await ExecuteAsync(source, "drop table if exists bench_effects; create table bench_effects (number integer not null); grant insert on bench_effects to public", cancellationToken);
        await ExecuteAsync(
            source,
            $"insert into jobs (kind, payload) select 'bench.effect', jsonb_build_object('number', n) from generate_series(1, {jobs}) as n",
            cancellationToken);

        var workers = Enumerable.Range(0, Workers).Select(_ => EffectWorker.Start(owner)).ToArray();
        var (watch, lastKill, kills) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
        try
        {
            while (await CountAsync(source, "select count(*) from (select from jobs where kind = 'bench.effect' and status in ('pending', 'processing') limit 1) as open", cancellationToken) > 0)
            {
                await Task.Delay(100, cancellationToken);
                if (watch.Elapsed - lastKill < KillEvery) continue;
                lastKill = watch.Elapsed;
                var victim = kills++ % Workers;
                workers[victim].Kill();
                await workers[victim].WaitForExitAsync(cancellationToken);
                workers[victim].Dispose();
                workers[victim] = EffectWorker.Start(owner);
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Kill();
                await worker.WaitForExitAsync(CancellationToken.None);
                worker.Dispose();
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var lost = jobs - await CountAsync(source, "select count(distinct number) from bench_effects", cancellationToken);
        var twice = await CountAsync(source, "select count(*) - count(distinct number) from bench_effects", cancellationToken);
        var explained = await CountAsync(
            source,
            """
            select coalesce(sum(least(again.times, (
                select count(*) from jsonb_array_elements(j.errors) as e where e ->> 'error' = 'The worker was lost'))), 0)::bigint
            from (select number, count(*) - 1 as times from bench_effects group by number having count(*) > 1) as again
            join jobs j on j.kind = 'bench.effect' and (j.payload ->> 'number')::integer = again.number
            """,
            cancellationToken);
        await ExecuteAsync(source, "drop table bench_effects; truncate jobs", cancellationToken);
        return new FireFigures(jobs, seconds, kills, lost, twice, explained);
    }

    static async Task<long> CountAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
