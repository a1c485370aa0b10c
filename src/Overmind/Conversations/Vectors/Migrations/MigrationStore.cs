using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>The SQL of the job that migrates embeddings.</summary>
sealed class MigrationStore(Database database)
{
    /// <summary>Null: there is none, or another job works on it.</summary>
    public Task<CurrentMigration?> TakeAsync(Guid job, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement("select id, status, provider, model, dimensions, version, moves from overmind.take_embedding_migration($1)", job),
        row => new CurrentMigration(
            row.GetGuid(0), job, LowerSnake.Read<MigrationState>(row.GetString(1))!.Value, new ModelReference(row.GetString(2), row.GetString(3)), row.GetInt32(4), row.GetString(5),
            row.GetBoolean(6)),
        cancellationToken);

    public Task<IReadOnlyList<Guid>> OrganizationsAsync(bool active, CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_to_migrate($1)", [active], cancellationToken);

    /// <summary>The database's time.</summary>
    public Task<DateTime> NowAsync(CancellationToken cancellationToken) => database.FindAsync<DateTime>(Claims.Service, "select clock_timestamp()", [], cancellationToken);

    public Task<IReadOnlyList<TextToEmbed>> NextAsync(Claims claims, string of, Guid after, int limit, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement("select id, text, digest from overmind.texts_to_migrate($1, $2, $3, $4)", of, after, limit, TextEmbedder.MostCharacters),
        row => new TextToEmbed(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);

    /// <summary>Writes vectors beside texts that are still what they were; how many.</summary>
    public Task<int> KeepAsync(
        Claims claims, string of, IReadOnlyList<TextToEmbed> texts, ModelReference model, IEnumerable<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        database.FindAsync<int>(
            claims, "select overmind.keep_next_vectors($1, $2, $3, $4, $5, $6)",
            [
                of, texts.Select(text => text.Id).ToArray(), texts.Select(text => text.Digest).ToArray(),
                vectors.Select(vector => StoredVector.Write(vector.Span)).ToArray(), model.Provider, model.Model,
            ],
            cancellationToken);

    /// <summary>Counts what was done, or says why it does not get on. False: it is another job's, or was cancelled.</summary>
    public Task<bool> NoteAsync(CurrentMigration migration, long embedded, TimeSpan took, string? error, CancellationToken cancellationToken) => database.FindAsync<bool>(
        Claims.Service, "select overmind.note_embedding_migration($1, $2, $3, $4, $5)",
        [migration.Id, migration.JobId, embedded, took.TotalSeconds, Parameter.Text(error)], cancellationToken);

    /// <summary>How many texts lack their vector; 0: the new model is the active one. Null: there is nothing to switch.</summary>
    public Task<long?> SwitchAsync(CurrentMigration migration, DateTime since, CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service, new Statement("select overmind.switch_embedding_model($1, $2)", migration.Id, since), row => row.Value<long>(0), cancellationToken);

    /// <summary>Moves or takes away vectors after the id; the last of them, null: there are no more.</summary>
    public Task<Guid?> MoveAsync(Guid organization, string of, Guid after, int limit, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement("select last_id from overmind.move_vectors($1, $2, $3, $4)", organization, of, after, limit), row => row.Value<Guid>(0), cancellationToken);

    /// <summary>Whether nothing was left to do.</summary>
    public Task<bool> EndAsync(CurrentMigration migration, CancellationToken cancellationToken) =>
        database.FindAsync<bool>(Claims.Service, "select overmind.end_embedding_migration($1)", [migration.Id], cancellationToken);
}
