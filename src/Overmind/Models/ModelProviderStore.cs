using Npgsql;
using NpgsqlTypes;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Models;

/// <summary>The SQL of providers. API keys go in and come out encrypted; what reads one goes through a function for the service alone.</summary>
public sealed class ModelProviderStore(Database database, SecretCipher cipher)
{
    const string Columns = """
        id, key, kind, base_url, secret_hint, settings, is_active, last_test_at, last_test_error, created_by, created_at, updated_at
        """;

    const string FindSql = $"""
        select {Columns}
        from model_providers
        where id = $1
        and deleted_at is null
        """;

    const string InsertSql = $"""
        insert into model_providers (id, key, kind, base_url, secret, secret_hint, settings, is_active)
        values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
        returning {Columns}
        """;

    const string DeleteSql = """
        update model_providers
        set deleted_at = clock_timestamp(),
            secret = null,
            secret_hint = null
        where id = $1
        and deleted_at is null
        and ($2::timestamptz is null or updated_at = $2)
        """;

    const string TestedSql = $"""
        update model_providers
        set last_test_at = $2,
            last_test_error = $3
        where id = $1
        and deleted_at is null
        returning {Columns}
        """;

    const string ReadSql = """
        select id, kind, base_url, secret, settings
        from overmind.read_model_provider($1, $2)
        """;

    internal Task<ModelProvider?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id), Map, cancellationToken);

    /// <summary>All of the organization, by key.</summary>
    /// <param name="createdAt">Only what was connected then; null: whenever.</param>
    internal Task<IReadOnlyList<ModelProvider>> ListAsync(Claims claims, TimeRange? createdAt, CancellationToken cancellationToken)
    {
        List<object?> parameters = [];
        var sql = $"""
            select {Columns}
            from model_providers
            where deleted_at is null{CreatedRange.And(createdAt, parameters)}
            order by key
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: there is no encryption key.</exception>
    internal Task<ModelProvider?> InsertAsync(Claims claims, NewModelProvider provider, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            InsertSql,
            provider.Id,
            provider.EffectiveKey,
            LowerSnake.Write(provider.Kind),
            provider.EffectiveBaseUrl,
            Encrypted(claims, provider.Id, provider.Secret),
            Parameter.Text(ModelProviderRules.Hint(provider.Secret)),
            ModelProviderJson.Write(provider.Settings),
            provider.IsActive), Map, cancellationToken);

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second tells whether it is there.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: there is no encryption key.</exception>
    internal async Task<(ModelProvider? Changed, bool Exists)> UpdateAsync(
        Claims claims, Guid id, ModelProviderPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        // The column of the secret cannot be read, not even to be kept as it is: it is left out where it does not change.
        var sql = $"""
            update model_providers
            set key = coalesce($2, key),
                base_url = coalesce($3, base_url),
                settings = coalesce($4::jsonb, settings),
                is_active = coalesce($5, is_active)
                {(patch.Secret is null ? "" : ", secret = $7, secret_hint = $8")}
            where id = $1
            and deleted_at is null
            and ($6::timestamptz is null or updated_at = $6)
            returning {Columns}
            """;
        List<object?> parameters =
        [
            id,
            Parameter.Text(patch.Key),
            Parameter.Text(patch.BaseUrl?.TrimEnd('/')),
            Parameter.Text(patch.Settings is { } settings ? ModelProviderJson.Write(settings) : null),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Boolean, Value = patch.IsActive ?? (object)DBNull.Value },
            Parameter.Time(unchangedSince),
        ];
        if (patch.Secret is { Value: var secret })
            parameters.AddRange([Encrypted(claims, id, secret), Parameter.Text(ModelProviderRules.Hint(secret))]);
        await using var results = await database.SendAsync(
            claims, [new Statement(sql, [.. parameters]), new Statement(FindSql, id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map) is not null);
    }

    /// <summary>Whether there was one to delete, and unchanged. Its API key is gone at once.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Notes how a test came out. Null when the provider is gone.</summary>
    /// <param name="error">Null: well.</param>
    internal Task<ModelProvider?> TestedAsync(Claims claims, Guid id, DateTimeOffset at, string? error, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(TestedSql, id, Parameter.Time(at), Parameter.Text(error)), Map, cancellationToken);

    /// <summary>An active provider with its API key, decrypted; null when the organization has none of that key.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: its API key cannot be decrypted.</exception>
    internal Task<ProviderConnection?> FindAsync(Claims claims, string key, CancellationToken cancellationToken) =>
        claims.OrganizationId is not { } organizationId
            ? Task.FromResult<ProviderConnection?>(null)
            : database.FindAsync(Claims.Service, new Statement(ReadSql, organizationId, key), row => new ProviderConnection
            {
                Id = row.GetGuid(0),
                Key = key,
                Kind = row.Word<ModelProviderKind>(1),
                BaseUrl = new Uri(row.GetString(2)),
                Secret = row.IsDBNull(3) ? null : cipher.Decrypt(row.GetFieldValue<byte[]>(3), organizationId, row.GetGuid(0)),
                Settings = ModelProviderJson.Read(row.GetString(4)),
            }, cancellationToken);

    NpgsqlParameter Encrypted(Claims claims, Guid id, string? secret) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Bytea,
        Value = secret is null ? DBNull.Value : cipher.Encrypt(secret, claims.OrganizationId!.Value, id),
    };

    static ModelProvider Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Key = row.GetString(1),
        Kind = row.Word<ModelProviderKind>(2),
        BaseUrl = row.GetString(3),
        SecretHint = row.Text(4),
        Settings = ModelProviderJson.Read(row.GetString(5)),
        IsActive = row.GetBoolean(6),
        LastTestAt = row.IsDBNull(7) ? null : row.Time(7),
        LastTestError = row.Text(8),
        CreatedBy = row.Value<Guid>(9),
        CreatedAt = row.Time(10),
        UpdatedAt = row.Time(11),
    };
}
