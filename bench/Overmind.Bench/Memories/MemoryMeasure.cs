using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Overmind.Bench.Measures;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors;
using Overmind.Memory;
using Overmind.Models.Embeddings;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Memories;

/// <summary>
/// Searches for memories by the service that the server uses, one after the other, in an organization with a tenth of them and in those with a thousandth; what its semantic
/// leg finds beside what comparing each vector finds, and beside pgvector's index with a filter as it comes.
/// </summary>
static class MemoryMeasure
{
    const double MostP95 = 30;

    const double LeastRecall = 0.95;

    /// <summary>Comparing each vector of a tenth takes long: of so many questions the recall is measured.</summary>
    const int Compared = 60;

    static readonly SearchWeights MeaningAlone = new() { Recency = 0, Importance = 0, Neighbours = 0 };

    public static async Task<(MemoryFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString + ";Command Timeout=0");
        var dataSet = new MemoryDataSet(owner, options.Messages, progress);
        await dataSet.LoadAsync(cancellationToken);
        using var models = new EmbeddingModels(new EmbedderOptions(), TimeProvider.System);
        var database = new Database(opened.Requests);
        var embedder = new TextEmbedder(new VectorStore(database), models, null, TimeProvider.System);
        await embedder.ActiveAsync(cancellationToken);
        var search = new MemorySearchService(new MemorySearchStore(database), new QueryEmbedder(embedder, NullLogger<QueryEmbedder>.Instance));
        var vectors = new BuiltinEmbeddingGenerator();
        List<MemoryFigure> figures = [];
        foreach (var (name, isLarge) in options.Sections.Contains(BenchSection.Memory) ? ((string, bool)[])[("a tenth", true), ("a thousandth", false)] : [])
        {
            progress($"Searching memories, in {name} of all");
            foreach (var mode in (SearchMode[])[SearchMode.Semantic, SearchMode.Hybrid, SearchMode.Text])
                figures.Add(new MemoryFigure($"{LowerSnake.Write(mode)}, {name}", await RoundsAsync(number => FindAsync(number, isLarge, mode)), MostP95)
                {
                    Recall = mode is SearchMode.Semantic ? await RecallAsync(isLarge, async number => await FindAsync(number, isLarge, mode)) : null,
                    LeastRecall = LeastRecall,
                });
            figures.Add(new MemoryFigure($"pgvector's filtered HNSW, {name}", await RoundsAsync(number => PlainAsync(number, isLarge)))
            {
                Recall = await RecallAsync(isLarge, number => PlainAsync(number, isLarge)),
            });
        }

        var writes = options.Sections.Contains(BenchSection.Remember)
            ? await MemoryWriteMeasure.RunAsync(folder, postgres.OwnerConnectionString, database, embedder, options, progress, cancellationToken)
            : null;
        await using var version = owner.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (new MemoryFigures(options.Messages, dataSet.IndexSeconds, figures, writes), (string)(await version.ExecuteScalarAsync(cancellationToken))!);

        // A question of the organization's own memories; another organization each time, but for the large one.
        int Asked(int at, bool isLarge) => isLarge ? at * 6_130 % options.Messages / 10 * 10 : (at * 6_131 % options.Messages / 10 * 10) + 1;

        async Task<IReadOnlyList<Guid>> FindAsync(int at, bool isLarge, SearchMode mode)
        {
            var number = Asked(at, isLarge);
            var organization = MemoryDataSet.OrganizationOf(number);
            var found = await search.SearchAsync(
                new Claims(MemoryDataSet.Id(1, organization), MemoryDataSet.Id(2, organization), OrganizationRole.Admin),
                new MemoryQuery { Text = MemoryTexts.Question(number), Mode = mode, Weights = mode is SearchMode.Semantic ? MeaningAlone : null }, cancellationToken);
            return [.. found.Items.Select(hit => hit.Memory.Id)];
        }

        Task<IReadOnlyList<Guid>> PlainAsync(int at, bool isLarge) => NearestAsync(
            at, isLarge, "set local hnsw.iterative_scan = off; set local hnsw.ef_search = 40; set local enable_sort = off; set local enable_bitmapscan = off",
            "embedding::halfvec(256) <=> $2::vector::halfvec(256)");

        Task<IReadOnlyList<Guid>> ComparedAsync(int at, bool isLarge) => NearestAsync(at, isLarge, "set local jit = off", "(embedding <=> $2::vector) + 0, id");

        async Task<IReadOnlyList<Guid>> NearestAsync(int at, bool isLarge, string settings, string order)
        {
            var number = Asked(at, isLarge);
            await using var connection = await owner.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var set = new NpgsqlCommand(settings, connection)) await set.ExecuteNonQueryAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                $"""
                select id from memories
                where organization_id = $1 and deleted_at is null and embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256
                order by {order}
                limit 10
                """, connection);
            command.Parameters.AddWithValue(MemoryDataSet.Id(1, MemoryDataSet.OrganizationOf(number)));
            command.Parameters.AddWithValue(StoredVector.Write(vectors.Embed(MemoryTexts.Question(number))));
            List<Guid> found = [];
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken)) found.Add(rows.GetGuid(0));
            return found;
        }

        async Task<double> RecallAsync(bool isLarge, Func<int, Task<IReadOnlyList<Guid>>> find)
        {
            var (found, all) = (0, 0);
            for (var at = 0; at < Compared; at++)
            {
                var nearest = await ComparedAsync(at, isLarge);
                found += nearest.Intersect(await find(at)).Count();
                all += nearest.Count;
            }

            return (double)found / Math.Max(1, all);
        }

        async Task<Latencies> RoundsAsync(Func<int, Task> act)
        {
            List<Latencies> rounds = [];
            for (var round = -1; round < options.Rounds; round++)
            {
                var (milliseconds, watch) = (new List<double>(), Stopwatch.StartNew());
                for (var at = 0; watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds; at++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await act(at);
                    milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                // The first warms up.
                if (round >= 0) rounds.Add(Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds));
            }

            return new Rounds(rounds).Median;
        }
    }
}
