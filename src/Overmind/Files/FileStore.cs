using Npgsql;
using NpgsqlTypes;
using Overmind.Postgres;

namespace Overmind.Files;

/// <summary>
/// The SQL of contents of files, each once an organization. Who may read one follows from what refers to it, so whoever asks here has looked at that: the
/// service alone reads and writes them, within the organization of the claims.
/// </summary>
public sealed class FileStore(Database database)
{
    const string TouchSql = "update file_contents set last_stored_at = clock_timestamp() where sha256 = $1";

    const string InsertSql = """
        insert into file_contents (sha256, size_bytes, chunk_count)
        values ($1, $2, $3)
        on conflict (organization_id, sha256) do update
        set last_stored_at = clock_timestamp()
        """;

    const string InsertChunkSql = "insert into file_chunks (sha256, number, content) values ($1, $2, $3) on conflict do nothing";

    const string ReadSql = "select content from file_chunks where sha256 = $1 and number = $2";

    /// <summary>Stores a content where it is not there yet, with what refers to it; all of it or nothing.</summary>
    /// <param name="mostBytes">The most that the organization may store in all; null: any amount.</param>
    /// <param name="reference">Writes what refers to the content, in the same transaction.</param>
    /// <exception cref="PostgresException">OV005: the organization stores as much as it may.</exception>
    internal async Task StoreAsync(Claims claims, FileSpool file, long? mostBytes, Statement reference, CancellationToken cancellationToken)
    {
        var content = file.Content;
        if (await database.FindAsync<bool>(Service(claims), "select exists (select from file_contents where sha256 = $1)", [content.Sha256], cancellationToken)
            && await TryReferAsync(claims, content, reference, cancellationToken))
            return;
        List<Statement> statements = mostBytes is { } most ? [new("select overmind.hold_file_space($1, $2)", content.SizeBytes, most)] : [];
        statements.Add(new(InsertSql, content.Sha256, content.SizeBytes, content.ChunkCount));
        statements.AddRange(Enumerable.Range(0, content.ChunkCount).Select(number => new Statement(
            InsertChunkSql, content.Sha256, number, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = file.Chunk(number) })));
        statements.Add(reference);
        await SendAsync(claims, statements, cancellationToken);
    }

    /// <summary>A piece of a content, by its number from 0; null when it is gone.</summary>
    internal Task<byte[]?> ReadAsync(Claims claims, byte[] sha256, int number, CancellationToken cancellationToken) =>
        database.FindAsync(Service(claims), new Statement(ReadSql, sha256, number), row => row.GetFieldValue<byte[]>(0), cancellationToken);

    /// <summary>Deletes up to 1,000 contents that nothing refers to; returns how many, and the last that it looked at, null when there are no more.</summary>
    /// <param name="after">The last that the call before looked at; null for the first.</param>
    internal async Task<(int Deleted, (Guid OrganizationId, byte[] Sha256)? Last)> DeleteUnusedAsync(
        (Guid OrganizationId, byte[] Sha256)? after, CancellationToken cancellationToken) => await database.FindAsync(
        Claims.Service,
        new Statement(
            "select deleted, last_organization_id, last_sha256 from overmind.delete_unused_files($1, $2)", after?.OrganizationId ?? Guid.Empty, after?.Sha256 ?? []),
        row => (row.GetInt32(0), row.IsDBNull(1) ? ((Guid, byte[])?)null : (row.GetGuid(1), row.GetFieldValue<byte[]>(2))), cancellationToken);

    /// <summary>False when the content has just been deleted, because nothing referred to it.</summary>
    async Task<bool> TryReferAsync(Claims claims, FileContent content, Statement reference, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(claims, [new(TouchSql, content.Sha256), reference], cancellationToken);
            return true;
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }

    async Task SendAsync(Claims claims, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(Service(claims), statements, cancellationToken);
        await results.CompleteAsync();
    }

    static Claims Service(Claims claims) => claims with { DatabaseRole = DatabaseRole.ServiceRole };
}
