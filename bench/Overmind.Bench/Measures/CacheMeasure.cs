using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Overmind.Access;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Usage.Cache;

namespace Overmind.Bench.Measures;

/// <summary>
/// Look-ups in the response cache of one organization with 100,000 answers, first in one scope, then spread over 1,000 scopes: by the store that the server uses, with
/// the caller's claims in each transaction, one after the other.
/// </summary>
static class CacheMeasure
{
    const int Scopes = 1_000;

    /// <summary>Each row compared takes long: of so many look-ups the recall is measured.</summary>
    const int Compared = 200;

    const double Least = 0.95;

    static readonly string[] RowByRow =
        ["set local enable_indexscan = off", "set local enable_bitmapscan = off", "set local max_parallel_workers_per_gather = 0", "set local jit = off"];

    public static async Task<(CacheFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString + ";Command Timeout=0");
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var claims = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;
        var store = new CacheStore(database);
        var embedder = new BuiltinEmbeddingGenerator();
        QuestionVector Vector(int number) => new(BuiltinEmbeddingGenerator.Reference, embedder.Embed(CacheQuestions.Reworded(number)));
        var vectors = Enumerable.Range(0, Compared).Select(i => (Number: i * 499, Vector: Vector(i * 499))).ToArray();
        await LoadAsync(owner, claims, "one", progress, cancellationToken);
        progress("Look-ups by key");
        var exact = await RoundsAsync(options, number => store.FindAsync(claims, Key("one", number), cancellationToken));
        var floor = await RoundsAsync(options, number => RowAsync(owner, claims, Key("one", number), cancellationToken));
        progress("Look-ups by similarity, in one scope");
        var one = await SemanticAsync("a similar question, among 100,000 in one scope", "one", "one");
        await LoadAsync(owner, claims, "spread", progress, cancellationToken);
        progress("Look-ups by similarity, spread over scopes");
        var spread = await SemanticAsync($"a similar question, among 100,000 in {Scopes:#,0} scopes", "spread", null);
        await using var version = owner.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (
            new CacheFigures([new CacheLookupFigure("the same request, among 100,000", exact, floor, MostP95: 1), one, spread]),
            (string)(await version.ExecuteScalarAsync(cancellationToken))!);

        async Task<CacheLookupFigure> SemanticAsync(string name, string set, string? only)
        {
            string Scope(int number) => only ?? $"spread-{number % Scopes}";
            var measured = await RoundsAsync(
                options, at => store.FindSimilarAsync(claims, Scope(vectors[at % Compared].Number), vectors[at % Compared].Vector, Least, cancellationToken));
            var (found, milliseconds, seconds) = (0, new List<double>(), Stopwatch.StartNew());
            foreach (var (number, vector) in vectors)
            {
                var start = Stopwatch.GetTimestamp();
                var nearest = await ComparedAsync(owner, claims, Scope(number), vector, cancellationToken);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (await store.FindSimilarAsync(claims, Scope(number), vector, Least, cancellationToken) is [var hit, ..] && hit.Similarity >= nearest - 1e-6) found++;
            }

            return new CacheLookupFigure(name, measured, Latencies.Of(milliseconds, seconds.Elapsed.TotalSeconds), MostP95: 5, (double)found / Compared);
        }
    }

    static string Key(string set, int number) => $"{set}-{number:000000}";

    static async Task<Latencies> RoundsAsync(BenchOptions options, Func<int, Task> lookUp)
    {
        List<Latencies> rounds = [];
        for (var round = -1; round < options.Rounds; round++)
        {
            var (milliseconds, watch) = (new List<double>(), Stopwatch.StartNew());
            // The numbers go through all of the answers in no order.
            for (var at = 0; watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds; at = (at + 61_813) % CacheQuestions.Count)
            {
                var start = Stopwatch.GetTimestamp();
                await lookUp(at);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            // The first warms up.
            if (round >= 0) rounds.Add(Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds));
        }

        return new Rounds(rounds).Median;
    }

    static async Task LoadAsync(NpgsqlDataSource owner, Claims claims, string set, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        progress("Writing 100,000 answers");
        string index;
        await using (var read = new NpgsqlCommand("select pg_get_indexdef('ai_response_cache_embedding_idx'::regclass)", connection))
            index = (string)(await read.ExecuteScalarAsync(cancellationToken))!;
        await ExecuteAsync("truncate ai_response_cache; drop index ai_response_cache_embedding_idx");
        var embedder = new BuiltinEmbeddingGenerator();
        await using (var writer = await connection.BeginTextImportAsync(
            """
            copy ai_response_cache (
                organization_id, user_id, visibility, cache_key, scope_hash, question, provider, model, response_content, response, tokens_used, embedding,
                embedding_model_provider, embedding_model_name, embedding_dimensions, expires_at) from stdin
            """, cancellationToken))
        {
            for (var number = 0; number < CacheQuestions.Count; number++)
            {
                var question = CacheQuestions.Of(number);
                var answer = $"To this there is much to say, and it is said here at the length that answers have. {question}";
                await writer.WriteAsync(
                    $"{claims.OrganizationId}\t{claims.UserId}\tprivate\t{Key(set, number)}\t{(set == "one" ? set : $"{set}-{number % Scopes}")}\t{question}\topenai\tgpt-4o\t{answer}\t"
                    + $$"""{"parts": [{"text": "{{answer}}"}], "finish_reason": "stop"}""" + $"\t400\t{Text(embedder.Embed(question))}\tbuiltin\tglove-ngram-v1\t256\tinfinity\n");
            }
        }

        progress("Making the index of vectors");
        await ExecuteAsync($"set maintenance_work_mem = '1GB'; {index}");
        await ExecuteAsync("vacuum analyze ai_response_cache");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    static async Task RowAsync(NpgsqlDataSource owner, Claims claims, string key, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand("select id, response::text, tokens_used, cost from ai_response_cache where organization_id = $1 and cache_key = $2");
        command.Parameters.AddWithValue(claims.OrganizationId!.Value);
        command.Parameters.AddWithValue(key);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
    }

    /// <summary>The greatest similarity of a scope, by looking at each of its rows.</summary>
    static async Task<double> ComparedAsync(NpgsqlDataSource owner, Claims claims, string scope, QuestionVector vector, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var sql in RowByRow)
            await using (var set = new NpgsqlCommand(sql, connection))
                await set.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "select max(1 - (embedding <=> $3::vector)) from ai_response_cache where organization_id = $1 and scope_hash = $2", connection);
        command.Parameters.AddWithValue(claims.OrganizationId!.Value);
        command.Parameters.AddWithValue(scope);
        command.Parameters.AddWithValue(Text(vector.Vector.ToArray()));
        return (double)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static string Text(float[] vector) => $"[{string.Join(',', vector.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]";
}
