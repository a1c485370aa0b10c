using Npgsql;
using NpgsqlTypes;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors;

/// <summary>The SQL of the vectors beside texts.</summary>
public sealed class VectorStore(Database database)
{
    const string ActiveSql = "select provider, model, dimensions, version, in_next from embedding_models where status = 'active'";

    /// <summary>Null when nothing was ever embedded.</summary>
    internal Task<ActiveModel?> FindActiveAsync(CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement(ActiveSql),
        row => new ActiveModel(new ModelReference(row.GetString(0), row.GetString(1)), row.GetInt32(2), row.GetString(3), row.GetBoolean(4)), cancellationToken);

    /// <summary>Makes it the active one, where there is none yet.</summary>
    internal Task RegisterAsync(EmbeddingModel model, CancellationToken cancellationToken) => database.ExecuteAsync(
        Claims.Service, "select overmind.register_embedding_model($1, $2, $3, $4)",
        [model.Reference.Provider, model.Reference.Model, model.Dimensions, model.Version], cancellationToken);

    internal Task<IReadOnlyList<VectorStatus>> StatusAsync(CancellationToken cancellationToken) => database.ListAsync(
        Claims.Service, new Statement("select of, embedded, waiting from overmind.embedding_status()"),
        row => new VectorStatus(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);

    internal Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_to_embed()", [], cancellationToken);

    /// <param name="of"><c>messages</c>, <c>conversations</c> or <c>memories</c>.</param>
    /// <param name="most">Of a text so many characters.</param>
    internal Task<IReadOnlyList<TextToEmbed>> NextAsync(Claims claims, string of, int limit, int most, CancellationToken cancellationToken)
    {
        var text = of == "conversations" ? "title" : "content";
        return database.ListAsync(
            claims,
            new Statement(
                $"select id, left({text}, $2), md5({text}) from {of} where embedding is null and {text} <> '' and deleted_at is null order by id limit $1",
                limit, most),
            row => new TextToEmbed(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);
    }

    /// <summary>Writes vectors beside texts that are still what they were; how many.</summary>
    internal Task<int> KeepAsync(
        Claims claims, string of, IReadOnlyList<TextToEmbed> texts, ModelReference model, IEnumerable<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        database.FindAsync<int>(
            claims, "select overmind.keep_vectors($1, $2, $3, $4, $5, $6)",
            [
                of, texts.Select(text => text.Id).ToArray(), texts.Select(text => text.Digest).ToArray(),
                vectors.Select(vector => StoredVector.Write(vector.Span)).ToArray(), model.Provider, model.Model,
            ],
            cancellationToken);

    internal async Task<Dictionary<string, ReadOnlyMemory<float>>> FindCachedAsync(
        Claims claims, EmbeddingModel model, byte[][] hashes, CancellationToken cancellationToken)
    {
        var found = await database.ListAsync(
            Service(claims), new Statement("select text_hash, embedding::real[] from overmind.find_cached_vectors($1, $2)", model.Reference.ToString(), Hashes(hashes)),
            row => (Convert.ToHexString(row.GetFieldValue<byte[]>(0)), (ReadOnlyMemory<float>)row.GetFieldValue<float[]>(1)), cancellationToken);
        // Others are of the time when the model was asked for longer or shorter ones.
        return found.Where(each => each.Item2.Length == model.Dimensions).ToDictionary(each => each.Item1, each => each.Item2);
    }

    internal Task CacheAsync(
        Claims claims, ModelReference model, byte[][] hashes, IEnumerable<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            Service(claims), "select overmind.cache_vectors($1, $2, $3)",
            [model.ToString(), Hashes(hashes), vectors.Select(vector => StoredVector.Write(vector.Span)).ToArray()], cancellationToken);

    internal Task<long> DeleteCachedAsync(DateOnly before, CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.delete_old_vectors($1)", [before], cancellationToken);

    static Claims Service(Claims claims) => claims with { DatabaseRole = DatabaseRole.ServiceRole };

    static NpgsqlParameter Hashes(byte[][] hashes) => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = hashes };
}
