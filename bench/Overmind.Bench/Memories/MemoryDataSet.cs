using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Models.Embeddings.Builtin;

namespace Overmind.Bench.Memories;

/// <summary>Memories of 1,000 organizations, written once into a folder that is kept: one has a tenth of them, each other a thousandth. With vectors of the built-in embedder.</summary>
sealed class MemoryDataSet(NpgsqlDataSource owner, int memories, Action<string> progress)
{
    public const int Organizations = 1_000;

    const int Part = 50_000;

    const string Vectors = "memories_builtin_glove_ngram_v1_idx";

    /// <summary>Seconds that making the index of vectors took, where it was made now.</summary>
    public double? IndexSeconds { get; private set; }

    public static Guid Id(int kind, int number) => Guid.ParseExact($"{kind:x8}-0000-7000-8000-{number:x12}", "D");

    /// <summary>Of the memory with a number.</summary>
    public static int OrganizationOf(int number) => number % 10 == 0 ? 1 : 2 + (int)(number * 7919L % (Organizations - 1));

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using (var count = new NpgsqlCommand("select count(*) from memories where organization_id < '00000002-0000-0000-0000-000000000000'", connection))
            if ((long)(await count.ExecuteScalarAsync(cancellationToken))! != memories)
                await WriteAsync(connection, cancellationToken);
        await using (var index = new NpgsqlCommand($"select to_regclass('{Vectors}') is null", connection))
            if (!(bool)(await index.ExecuteScalarAsync(cancellationToken))!)
                return;
        progress("Making the indexes");
        await ExecuteAsync(connection, "set maintenance_work_mem = '3GB'; create index if not exists memories_tsv_idx on memories using gin (organization_id, tsv) with (gin_pending_list_limit = 256) where deleted_at is null", cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        await ExecuteAsync(
            connection,
            $"""
            create index {Vectors} on memories using hnsw ((embedding::halfvec(256)) halfvec_cosine_ops)
                where embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256 and deleted_at is null
            """, cancellationToken);
        IndexSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        await ExecuteAsync(connection, "vacuum analyze", cancellationToken);
    }

    async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $$"""
            truncate organizations, users cascade;
            drop index if exists {{Vectors}}, memories_tsv_idx;
            create schema if not exists bench;
            create or replace function bench.id(kind int, number bigint) returns uuid
                language sql immutable parallel safe
                return (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
            create unlogged table if not exists bench.texts (number int, organization int, content text, embedding vector);
            alter table organizations disable trigger user; alter table organization_members disable trigger user;
            insert into organizations (id, name, slug) select bench.id(1, o), 'Organization ' || o, 'organization-' || o from generate_series(1, {{Organizations}}) o;
            insert into users (id, email, name) select bench.id(2, o), format('member@organization-%s.example', o), 'Member' from generate_series(1, {{Organizations}}) o;
            insert into organization_members (organization_id, user_id, display_name, role) select bench.id(1, o), bench.id(2, o), 'Member', 'admin' from generate_series(1, {{Organizations}}) o;
            alter table organizations enable trigger user; alter table organization_members enable trigger user;
            alter table memories disable trigger user;
            """, cancellationToken);
        for (var from = 0; from < memories; from += Part)
        {
            progress($"Writing {memories:#,0} memories: {from * 100L / memories} %");
            await ExecuteAsync(connection, "truncate bench.texts", cancellationToken);
            await CopyAsync(connection, from, Math.Min(memories, from + Part), cancellationToken);
            await ExecuteAsync(
                connection,
                $"""
                insert into memories (
                    organization_id, id, user_id, visibility, owner_id, memory_type, content, content_parts, content_hash, importance, source, last_accessed_at, created_at, tsv,
                    embedding, embedding_model_provider, embedding_model_name, embedding_dimensions, embedded_at)
                select bench.id(1, t.organization), bench.id(4, t.number), bench.id(2, t.organization), 'private', bench.id(2, t.organization), 'semantic', t.content,
                    jsonb_build_object('concept', 'Memory', 'definition', t.content), overmind.memory_hash(t.content), t.number * 7 % 100 / 100.0, 'user',
                    now() - interval '1 year' * (1 - t.number / {memories}.0), now() - interval '1 year' * (1 - t.number / {memories}.0), to_tsvector('simple', t.content),
                    t.embedding, 'builtin', 'glove-ngram-v1', 256, now()
                from bench.texts t
                on conflict do nothing
                """, cancellationToken);
        }

        await ExecuteAsync(connection, "truncate bench.texts; alter table memories enable trigger user", cancellationToken);
    }

    static async Task CopyAsync(NpgsqlConnection connection, int from, int before, CancellationToken cancellationToken)
    {
        var embedder = new BuiltinEmbeddingGenerator();
        await using var writer = await connection.BeginTextImportAsync("copy bench.texts from stdin", cancellationToken);
        for (var number = from; number < before; number++)
        {
            var text = MemoryTexts.Of(number);
            await writer.WriteAsync($"{number}\t{OrganizationOf(number)}\t{text}\t{StoredVector.Write(embedder.Embed(text))}\n");
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
