using System.Buffers.Binary;
using System.Security.Cryptography;
using Npgsql;

namespace Overmind.Audit;

/// <summary>
/// Compares the audit log with its seals, as the schema's owner, who alone sees all of it. It hashes by its own reading of docs/audit.md and by none of the
/// functions in the database, which whoever tampers could have changed as well.
/// </summary>
static class AuditVerifier
{
    const int MaxFindings = 1000;

    const string RowHash = """
        sha256(convert_to(jsonb_build_array(
            'overmind.audit.1', l.id, l.organization_id, l.user_id, l.api_key_id, l.event_type, l.action, l.resource_type, l.resource_id, l.status,
            l.old_values, l.new_values, l.metadata, l.request_id, encode(l.details_digest, 'hex'), l.transaction_id::text,
            floor(extract(epoch from l.created_at) * 1000000)::bigint)::text, 'UTF8'))
        """;

    static readonly (string Problem, string Words, string Sql)[] Checks =
    [
        ("changed_row", "was changed since it was sealed", $"""
            select h.seal_number, l.id
            from overmind.audit_hashes h
            join public.audit_logs l on l.id = h.id
            where h.hash <> {RowHash}
            """),
        ("removed_row", "was removed, and not because its time to be kept was over", """
            select h.seal_number, h.id
            from overmind.audit_hashes h
            where h.removed_at is null
              and not exists (select from public.audit_logs l where l.id = h.id)
            """),
        ("inserted_row", "was put back after it had been removed", """
            select h.seal_number, h.id
            from overmind.audit_hashes h
            where h.removed_at is not null
              and exists (select from public.audit_logs l where l.id = h.id)
            """),
        ("inserted_row", "was put in beside the transactions that have been sealed", """
            select null::bigint, l.id
            from public.audit_logs l
            where l.transaction_id < (select s.unsealed_since from overmind.audit_seals s order by s.number desc limit 1)
              and not exists (select from overmind.audit_hashes h where h.id = l.id)
            """),
        ("changed_details", "has other personal fields than it was written with", """
            select h.seal_number, d.id
            from public.audit_details d
            left join public.audit_logs l on l.id = d.id
            left join overmind.audit_hashes h on h.id = d.id
            where l.details_digest is distinct from
                sha256(d.salt || convert_to(jsonb_build_array(host(d.ip_address), d.user_agent, d.personal)::text, 'UTF8'))
            """),
    ];

    /// <param name="published">Hashes of seals by number, from a file outside of the database; null for none.</param>
    public static async Task<AuditReport> VerifyAsync(
        NpgsqlDataSource owner, ILookup<long, string>? published, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        // One moment for all that is compared: what is written and sealed meanwhile is not seen by halves.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var findings = new List<AuditFinding>();
        foreach (var (problem, words, sql) in Checks)
            await foreach (var (seal, id) in RowsAsync(connection, sql, cancellationToken))
                findings.Add(new AuditFinding(problem, seal, id, $"act {id} {words}"));
        var (seals, lastHash) = await VerifyChainAsync(connection, findings, published, cancellationToken);
        var counts = await CountAsync(connection, cancellationToken);
        return new AuditReport(seals, counts[0], counts[1], counts[2], counts[3], published?.Count ?? 0, lastHash, findings);
    }

    static async Task<(long Seals, string? LastHash)> VerifyChainAsync(
        NpgsqlConnection connection, List<AuditFinding> findings, ILookup<long, string>? published, CancellationToken cancellationToken)
    {
        const string sql = """
            select
                s.number, s.row_count, s.rows_hash, s.previous_hash, s.hash, s.unsealed_since::text::bigint,
                floor(extract(epoch from s.created_at) * 1000000)::bigint,
                (select count(*) from overmind.audit_hashes h where h.seal_number = s.number),
                (select sha256(string_agg(uuid_send(h.id) || h.hash, '' order by h.position)) from overmind.audit_hashes h where h.seal_number = s.number)
            from overmind.audit_seals s
            order by s.number
            """;
        var (count, previous, last) = (0L, new byte[SHA256.HashSizeInBytes], 0L);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var number = reader.GetInt64(0);
            var hash = reader.GetFieldValue<byte[]>(4);
            for (var missing = last + 1; missing < number && findings.Count < MaxFindings; missing++)
                findings.Add(new AuditFinding("missing_seal", missing, null, $"seal {missing} is missing"));
            if (Wrong(reader, previous) is { } wrong)
                findings.Add(new AuditFinding("broken_seal", number, null, $"seal {number} {wrong}"));
            if (published?[number].Any(outside => outside != Convert.ToHexStringLower(hash)) == true)
                findings.Add(new AuditFinding("changed_seal", number, null, $"seal {number} is another than the one that was published"));
            (count, previous, last) = (count + 1, hash, number);
        }
        if (published?.Count > 0 && published.Max(seal => seal.Key) is var newest && newest > last)
            findings.Add(new AuditFinding("missing_seal", newest, null, $"seal {newest} was published, and the database ends at {last}"));
        return (count, count == 0 ? null : Convert.ToHexStringLower(previous));
    }

    static string? Wrong(NpgsqlDataReader seal, byte[] previous)
    {
        var rowsHash = seal.GetFieldValue<byte[]>(2);
        if (!seal.GetFieldValue<byte[]>(3).AsSpan().SequenceEqual(previous))
            return "does not follow the one before";
        if (seal.GetInt64(7) != seal.GetInt32(1) || seal.IsDBNull(8) || !seal.GetFieldValue<byte[]>(8).AsSpan().SequenceEqual(rowsHash))
            return "holds other rows than it was made of";
        return Hash(seal, previous, rowsHash).AsSpan().SequenceEqual(seal.GetFieldValue<byte[]>(4)) ? null : "was changed";
    }

    static byte[] Hash(NpgsqlDataReader seal, byte[] previous, byte[] rowsHash)
    {
        Span<byte> numbers = stackalloc byte[8];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        BinaryPrimitives.WriteInt64BigEndian(numbers, seal.GetInt64(0));
        hash.AppendData(numbers);
        BinaryPrimitives.WriteInt32BigEndian(numbers, seal.GetInt32(1));
        hash.AppendData(numbers[..4]);
        hash.AppendData(rowsHash);
        foreach (var column in (ReadOnlySpan<int>)[5, 6])
        {
            BinaryPrimitives.WriteInt64BigEndian(numbers, seal.GetInt64(column));
            hash.AppendData(numbers);
        }
        return hash.GetHashAndReset();
    }

    static async IAsyncEnumerable<(long? Seal, Guid Id)> RowsAsync(
        NpgsqlConnection connection, string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"{sql} order by 1, 2 limit {MaxFindings}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return (reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.GetGuid(1));
    }

    static async Task<long[]> CountAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string sql = """
            select array[
                (select count(*) from public.audit_logs l where exists (select from overmind.audit_hashes h where h.id = l.id)),
                (select count(*) from overmind.audit_hashes h where h.removed_at is not null),
                (select count(*) from public.audit_logs l where l.details_digest is not null and not exists (select from public.audit_details d where d.id = l.id)),
                (select count(*) from public.audit_logs l where not exists (select from overmind.audit_hashes h where h.id = l.id))]
            """;
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (long[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
