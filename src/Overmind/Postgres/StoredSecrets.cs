using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// What the database stores encrypted, whichever module it belongs to. Read and written as the schema's owner: no request role sees all of it.
/// </summary>
static class StoredSecrets
{
    /// <summary>
    /// Tables and the columns of theirs that a <see cref="SecretCipher"/> fills, bound to organization and id of the row; what belongs to the installation is
    /// bound to the organization <see cref="Guid.Empty"/>.
    /// </summary>
    internal static readonly (string Table, string Column)[] Columns =
    [
        ("public.model_providers", "secret"), ("overmind.signing_keys", "secret"), ("public.webhook_endpoints", "previous_secret"), ("public.webhook_endpoints", "secret"),
    ];

    /// <summary>Encrypts with the cipher's first key what is encrypted with another of its keys. May be stopped and repeated at any time, beside running servers.</summary>
    /// <exception cref="PostgresException">42501: the login does not own the tables; 42P01, 42883: the schema is an older one.</exception>
    public static async Task<ReencryptedSecrets> ReencryptAsync(NpgsqlDataSource owner, SecretCipher cipher, CancellationToken cancellationToken)
    {
        var (renewed, current, unreadable) = (0, 0, new List<string>());
        foreach (var (table, column) in Columns)
        {
            foreach (var (organizationId, id, stored) in await ReadAsync(owner, table, column, cancellationToken))
            {
                if (cipher.IsCurrent(stored))
                    current++;
                else if (cipher.TryRenew(stored, organizationId, id) is not { } anew)
                    unreadable.Add($"{table}.{column} {id}");
                else if (await ReplaceAsync(owner, table, column, organizationId, id, stored, anew, cancellationToken))
                    renewed++;
            }
        }
        await RecordAsync(owner, renewed, current, unreadable.Count, cancellationToken);
        return new ReencryptedSecrets(renewed, current, unreadable);
    }

    static async Task RecordAsync(NpgsqlDataSource owner, int renewed, int current, int unreadable, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(
            """
            select overmind.audit_as(
                null, null, 'secrets.reencrypted', 'execute', 'secrets', null, case when $3 = 0 then 'success' else 'failure' end,
                p_metadata => jsonb_build_object('renewed', $1, 'current', $2, 'unreadable', $3))
            """);
        foreach (var count in (ReadOnlySpan<int>)[renewed, current, unreadable])
            command.Parameters.Add(new NpgsqlParameter { Value = count });
        await command.ExecuteScalarAsync(cancellationToken);
    }

    static async Task<IReadOnlyList<(Guid OrganizationId, Guid Id, byte[] Stored)>> ReadAsync(
        NpgsqlDataSource owner, string table, string column, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand($"select {Organization(table)}, id, {column} from {table} where {column} is not null order by 1, id");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid, Guid, byte[])>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)));
        return rows;
    }

    // Not what somebody has entered anew meanwhile: that is encrypted by a server, with the newest key.
    static async Task<bool> ReplaceAsync(
        NpgsqlDataSource owner, string table, string column, Guid organizationId, Guid id, byte[] stored, byte[] anew, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand($"update {table} set {column} = $4 where {Organization(table)} = $1 and id = $2 and {column} = $3");
        foreach (var value in new object[] { organizationId, id, stored, anew })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    static string Organization(string table) =>
        table.StartsWith("public.", StringComparison.Ordinal) ? "organization_id" : $"'{Guid.Empty}'::uuid";
}
