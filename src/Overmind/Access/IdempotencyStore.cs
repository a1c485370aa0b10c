using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of idempotency keys: each belongs to a person and a route and is kept for 24 hours.</summary>
public sealed class IdempotencyStore(Database database)
{
    // A key whose request died with its node is free after 15 seconds; what it made is found again by resource_id.
    const string BeginSql = """
        insert into idempotency_keys as k (route, key, request_hash, resource_id)
        values ($1, $2, $3, $4)
        on conflict on constraint idempotency_keys_key_key do update
        set request_hash = excluded.request_hash,
            resource_id = case when k.created_at < clock_timestamp() - interval '24 hours' then excluded.resource_id else k.resource_id end,
            created_at = case when k.created_at < clock_timestamp() - interval '24 hours' then clock_timestamp() else k.created_at end,
            locked_until = excluded.locked_until,
            response_status = null,
            response_location = null,
            response_body = null
        where k.created_at < clock_timestamp() - interval '24 hours'
        or (k.response_status is null and k.locked_until < clock_timestamp() and k.request_hash = excluded.request_hash)
        returning resource_id
        """;

    const string FindSql = """
        select id, request_hash, response_status, response_location, response_body
        from idempotency_keys
        where route = $1
        and key = $2
        and user_id = overmind.user_id()
        """;

    const string CompleteSql = """
        update idempotency_keys
        set response_status = $2,
            response_location = $3,
            response_body = $4
        where id = $1
        """;

    const string ReleaseSql = """
        delete from idempotency_keys
        where id = $1
        and response_status is null
        """;

    const string DeleteExpiredSql = "select overmind.delete_expired_idempotency_keys()";

    /// <summary>Takes the key for this request, or tells what is known of the one before it.</summary>
    public async Task<IdempotencyAttempt> BeginAsync(
        Claims claims, string route, string key, string requestHash, CancellationToken cancellationToken)
    {
        var begin = new Statement(BeginSql, route, key, requestHash, Guid.CreateVersion7());
        await using var results = await database.SendAsync(claims, [begin, new Statement(FindSql, route, key)], cancellationToken);
        var resourceId = await results.FindAsync<Guid?>(row => row.GetGuid(0));
        return (await results.FindAsync(row => new IdempotencyAttempt(
            row.GetGuid(0),
            resourceId,
            row.GetString(1),
            row.IsDBNull(2) ? null : new StoredResponse(row.GetInt32(2), row.Text(3), row.GetString(4)))))!;
    }

    /// <summary>Keeps the answer.</summary>
    public Task CompleteAsync(Claims claims, Guid id, StoredResponse response, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, CompleteSql, [id, response.Status, Parameter.Text(response.Location), response.Body], cancellationToken);

    /// <summary>Frees the key of a request that failed.</summary>
    public Task ReleaseAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, ReleaseSql, [id], cancellationToken);

    /// <summary>Deletes keys older than 24 hours, of all organizations.</summary>
    internal Task DeleteExpiredAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, DeleteExpiredSql, [], cancellationToken);
}
