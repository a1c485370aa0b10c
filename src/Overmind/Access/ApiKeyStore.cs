using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of API keys.</summary>
public sealed class ApiKeyStore(Database database)
{
    const string Columns = "id, name, key_prefix, scopes, user_id, is_active, expires_at, last_used_at, usage_count, created_at, revoked_at, rotated_at, replaces";

    const string InsertSql = $"""
        insert into api_keys (id, name, key_hash, key_prefix, scopes, expires_at)
        values ($1, $2, $3, $4, $5::jsonb, $6)
        returning {Columns}
        """;

    const string RevokeSql = $"""
        update api_keys
        set is_active = false,
            revoked_at = coalesce(revoked_at, clock_timestamp())
        where id = $1
        returning {Columns}
        """;

    // The second of two that rotate together waits for the first, and then finds the key rotated. least() passes over null.
    const string RotateSql = $"""
        with old as (
            select organization_id, id, name, scopes, expires_at
            from api_keys
            where id = $1
            and user_id = overmind.user_id()
            and is_active
            and revoked_at is null
            and rotated_at is null
            and (expires_at is null or expires_at > clock_timestamp())
            for update
        ), ending as (
            update api_keys k
            set rotated_at = clock_timestamp(),
                expires_at = least(k.expires_at, clock_timestamp() + $5)
            from old
            where k.organization_id = old.organization_id
            and k.id = old.id
        )
        insert into api_keys (id, name, key_hash, key_prefix, scopes, expires_at, replaces)
        select $2, name, $3, $4, scopes, expires_at, id
        from old
        returning {Columns}
        """;

    const string FindSql = $"""
        select {Columns}
        from api_keys
        where id = $1
        """;

    const string AuthenticateSql = """
        select api_key_id, user_id, role, scopes, expires_at, permissions
        from overmind.authenticate_api_key($1, $2)
        """;

    const string RefusedSql = "select api_key_id, user_id from overmind.find_refused_api_key($1, $2)";

    const string TouchSql = "select overmind.touch_api_keys($1, $2, $3, $4)";

    public Task<ApiKey?> InsertAsync(Claims claims, NewApiKey key, ApiKeyToken token, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            InsertSql,
            Guid.CreateVersion7(),
            key.Name,
            token.SecretHash,
            token.Prefix,
            JsonSerializer.Serialize(key.Scopes.Select(LowerSnake.Write)),
            Parameter.Time(key.ExpiresAt)), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<ApiKey>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        var sql = $"""
            select {Columns}
            from api_keys
            where ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Null when there is no such key.</summary>
    internal Task<ApiKey?> RevokeAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(RevokeSql, id), Map, cancellationToken);

    /// <summary>Null when there is no such key.</summary>
    internal Task<ApiKey?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id), Map, cancellationToken);

    /// <summary>The key that takes the place of one of the caller's own; null when there is no such key that could be rotated.</summary>
    internal Task<ApiKey?> RotateAsync(Claims claims, Guid id, ApiKeyToken token, TimeSpan grace, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(RotateSql, id, Guid.CreateVersion7(), token.SecretHash, token.Prefix, grace), Map, cancellationToken);

    /// <summary>Null when no usable key of the organization has this secret.</summary>
    internal Task<AuthenticatedKey?> AuthenticateAsync(ApiKeyToken token, CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service, new Statement(AuthenticateSql, token.OrganizationId, token.SecretHash), row => new AuthenticatedKey(
            row.GetGuid(0),
            new Claims(token.OrganizationId, row.GetGuid(1), row.Word<OrganizationRole>(2)) { Granted = PermissionSet.Read(row.GetString(5)) },
            ApiKeyScopes.Of(Scopes(row.GetString(3))),
            row.IsDBNull(4) ? null : row.Time(4)), cancellationToken);

    /// <summary>The key with this secret, in force or not, and its member; null when there never was one.</summary>
    internal async Task<RefusedKey?> FindRefusedAsync(ApiKeyToken token, CancellationToken cancellationToken) =>
        await database.FindAsync(
            Claims.Service, new Statement(RefusedSql, token.OrganizationId, token.SecretHash),
            row => new RefusedKey(token.OrganizationId, row.GetGuid(0), row.GetGuid(1)), cancellationToken);

    /// <summary>Adds uses to the keys' counts.</summary>
    internal Task TouchAsync(IReadOnlyList<ApiKeyUses> uses, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, TouchSql, [
            uses.Select(use => use.OrganizationId).ToArray(),
            uses.Select(use => use.ApiKeyId).ToArray(),
            uses.Select(use => use.Count).ToArray(),
            uses.Select(use => use.LastUsedAt.UtcDateTime).ToArray(),
        ], cancellationToken);

    static ApiKey Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        KeyPrefix = row.GetString(2),
        Scopes = Scopes(row.GetString(3)),
        UserId = row.GetGuid(4),
        IsActive = row.GetBoolean(5),
        ExpiresAt = row.IsDBNull(6) ? null : row.Time(6),
        LastUsedAt = row.IsDBNull(7) ? null : row.Time(7),
        UsageCount = row.GetInt64(8),
        CreatedAt = row.Time(9),
        RevokedAt = row.IsDBNull(10) ? null : row.Time(10),
        RotatedAt = row.IsDBNull(11) ? null : row.Time(11),
        Replaces = row.IsDBNull(12) ? null : row.GetGuid(12),
    };

    // A scope that this version does not know grants nothing.
    static IReadOnlyList<ApiKeyScope> Scopes(string json) =>
        [.. JsonSerializer.Deserialize<string[]>(json)!.Select(LowerSnake.Read<ApiKeyScope>).OfType<ApiKeyScope>()];
}
