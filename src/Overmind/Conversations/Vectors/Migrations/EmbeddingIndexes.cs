using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Overmind.Models;
using Overmind.Models.Embeddings;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>
/// The indexes of a model's vectors, by which more than 10,000 texts of an organization are searched fast: one over where the vectors stay, and one over where they stand while
/// the model takes the place of another. Made and dropped as the owner of the tables, which servers are not. The built-in model's come with the schema.
/// </summary>
sealed class EmbeddingIndexes(NpgsqlDataSource owner)
{
    // pgvector's limit for an HNSW index of half-precision vectors.
    const int MostDimensions = 4000;

    const string BuiltinEnding = "_builtin_glove_ngram_v1_idx";

    const string NamesSql = """
        select c.relname::text, i.indisvalid
        from pg_index i
        join pg_class c on c.oid = i.indexrelid
        where c.relnamespace = 'public'::regnamespace
          and i.indrelid = any (array['public.messages', 'public.conversations', 'public.memories']::regclass[])
          and c.relname ~ '_(embedding|embedding_next)_[0-9a-f]{12}_idx$|_builtin_glove_ngram_v1_idx$'
        """;

    public static string NameOf(string of, ModelReference model, int dimensions, bool next) => model == EmbeddingModels.Builtin.Reference && !next
        ? of + BuiltinEnding
        : $"{of}_embedding{(next ? "_next" : "")}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}:{dimensions}")).AsSpan(0, 6))}_idx";

    /// <summary>Makes the model's indexes, without keeping anybody from reading or writing. As there are no vectors of it yet, that is a scan of each table.</summary>
    public async Task MakeAsync(ModelReference model, int dimensions, CancellationToken cancellationToken)
    {
        if (dimensions > MostDimensions)
            return;
        var there = await ListAsync(cancellationToken);
        foreach (var of in EmbedTexts.Tables)
        {
            if (model != EmbeddingModels.Builtin.Reference)
                await MakeAsync(
                    NameOf(of, model, dimensions, next: false), there, of, "embedding", dimensions,
                    $"embedding_model_provider = {Literal(model.Provider)} and embedding_model_name = {Literal(model.Model)} and embedding_dimensions = {dimensions}", cancellationToken);
            await MakeAsync(
                NameOf(of, model, dimensions, next: true), there, of, "embedding_next", dimensions, $"embedding_next_model = {Literal(model.ToString())}", cancellationToken);
        }
    }

    /// <summary>Drops what no model needs that is searched or becomes so.</summary>
    public async Task DropOthersAsync(IEnumerable<(ModelReference Model, int Dimensions, bool Next)> needed, CancellationToken cancellationToken)
    {
        var kept = needed.SelectMany(each => EmbedTexts.Tables.Select(of => NameOf(of, each.Model, each.Dimensions, each.Next))).ToHashSet();
        foreach (var (name, _) in await ListAsync(cancellationToken))
            if (!kept.Contains(name) && !name.EndsWith(BuiltinEnding, StringComparison.Ordinal))
                await ExecuteAsync($"drop index concurrently if exists public.{name}", cancellationToken);
    }

    /// <summary>Names of those that searches can use.</summary>
    public async Task<HashSet<string>> ValidAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken)).Where(each => each.Value).Select(each => each.Key)];

    async Task MakeAsync(string name, Dictionary<string, bool> there, string of, string column, int dimensions, string where, CancellationToken cancellationToken)
    {
        if (there.TryGetValue(name, out var valid) && valid)
            return;
        // What was broken off stays, and is of no use.
        await ExecuteAsync($"drop index concurrently if exists public.{name}", cancellationToken);
        await ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"create index concurrently {name} on public.{of} using hnsw (({column}::halfvec({dimensions})) halfvec_cosine_ops) where {where} and deleted_at is null"),
            cancellationToken);
    }

    async Task<Dictionary<string, bool>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(NamesSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, bool>();
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetString(0)] = reader.GetBoolean(1);
        return found;
    }

    async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
