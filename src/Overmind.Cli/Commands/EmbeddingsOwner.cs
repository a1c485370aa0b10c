using Npgsql;
using Overmind.Cli.Instances;
using Overmind.Conversations.Vectors.Migrations;

namespace Overmind.Cli.Commands;

/// <summary>Migrates embeddings as the owner of the instance's schema.</summary>
static class EmbeddingsOwner
{
    public static async Task<T> RunAsync<T>(InstanceFolder folder, Func<EmbeddingMigrations, Task<T>> work, CancellationToken ct)
    {
        await using var instance = await InstanceDatabase.OpenAsync(folder, ct);
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(instance.Url) { Pooling = false }.ConnectionString);
        try
        {
            return await work(new EmbeddingMigrations(owner));
        }
        catch (PostgresException refused) when (Refusal(refused.ConstraintName) is not null)
        {
            throw Refusal(refused.ConstraintName)!;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CliException("not_the_owner", "the login does not own the schema, and no other makes indexes and sees all texts", "name the schema's owner in OVERMIND_DATABASE_URL");
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            throw new CliException("schema_not_current", "the schema is not that of this version", "run `overmind db migrate`");
        }
    }

    static CliException? Refusal(string? constraint) => constraint switch
    {
        "embedding_migrations_current_key" => new(
            "migration_running", "the embeddings are being migrated already", "see `overmind embeddings status`; give it up with `overmind embeddings cancel`"),
        "embedding_migrations_another_model" => new("model_active", "it is the model whose vectors are searched", "name another one with --to"),
        "embedding_migrations_another_name" => new(
            "model_active", "a model of this name and these dimensions is searched, in another version, and rows could not tell the vectors of the two apart",
            "give the new one another name (of an ONNX model: its folder), or migrate to a third one first"),
        "embedding_migrations_from" => new("nothing_embedded", "nothing was ever embedded", "configure the embedder, and start the instance with `overmind up`"),
        "embedding_migrations_none" => new("no_migration", "the embeddings are not being migrated", "see `overmind embeddings status`"),
        "embedding_migrations_switched" => new(
            "migration_switched", "the new model is searched already", "wait until its vectors have moved, and migrate back with `overmind embeddings migrate`"),
        _ => null,
    };
}
