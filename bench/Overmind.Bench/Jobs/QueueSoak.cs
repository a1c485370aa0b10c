using System.Diagnostics;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Bench.Jobs;

/// <summary>A queue that is worked on for long, with and without a long-running reader.</summary>
static class QueueSoak
{
    const int Batch = 5000;

    const int Waiting = 20_000;

    public static async Task<SoakFigures> RunAsync(OvermindDatabase database, string owner, double seconds, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await EmptyAsync(source, cancellationToken);
        var alone = await WorkAsync(database, source, seconds, cancellationToken);
        // Now, for it waits for readers.
        await EmptyAsync(source, cancellationToken);
        await using var reader = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var look = new NpgsqlCommand("select count(*) from jobs", reader, transaction)) await look.ExecuteScalarAsync(cancellationToken);
        return new SoakFigures(seconds, alone, await WorkAsync(database, source, seconds, cancellationToken));
    }

    /// <summary>Jobs a second in the first, the middle and the last twelfth of the time.</summary>
    static async Task<IReadOnlyList<double>> WorkAsync(OvermindDatabase database, NpgsqlDataSource source, double seconds, CancellationToken cancellationToken)
    {
        var counter = new NoOpCounter();
        _ = counter.Expect(int.MaxValue, remember: 1);
        await FillAsync(source, Waiting, cancellationToken);
        var filled = (long)Waiting;
        using var host = OvermindQueue.Host(database, counter, TimeSpan.Zero, works: true);
        await host.StartAsync(cancellationToken);
        var (watch, span, rates) = (Stopwatch.StartNew(), seconds / 12, new List<double>());
        foreach (var from in (double[])[0, seconds / 2, seconds - span])
        {
            await KeepFilledAsync(from);
            var (began, at) = (counter.Done, watch.Elapsed.TotalSeconds);
            await KeepFilledAsync(from + span);
            rates.Add((counter.Done - began) / (watch.Elapsed.TotalSeconds - at));
        }

        await host.StopAsync(cancellationToken);
        return rates;

        async Task KeepFilledAsync(double until)
        {
            while (watch.Elapsed.TotalSeconds < until)
            {
                if (filled - counter.Done >= Waiting)
                {
                    await Task.Delay(20, cancellationToken);
                    continue;
                }

                await FillAsync(source, Batch, cancellationToken);
                filled += Batch;
            }
        }
    }

    static async Task EmptyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("truncate jobs");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task FillAsync(NpgsqlDataSource source, int jobs, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"insert into jobs (kind, payload) select 'bench.noop', jsonb_build_object('number', 0) from generate_series(1, {jobs})");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
