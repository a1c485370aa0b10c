using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs.Webhooks;

/// <summary>The SQL of webhooks.</summary>
public sealed class WebhookStore(Database database)
{
    const string EndpointColumns = """
        id, url, description, event_types, is_enabled, disabled_reason, failing_since, last_success_at,
        case when previous_secret_expires_at > clock_timestamp() then previous_secret_expires_at end, created_at, updated_at
        """;

    const string DeliveryColumns =
        "id, endpoint_id, event_id, event_type, status, attempt_count, attempts, body, next_attempt_at, completed_at, created_at";

    const string InsertSql = $"""
        insert into webhook_endpoints (id, url, description, event_types, secret)
        values ($1, $2, $3, $4, $5)
        returning {EndpointColumns}
        """;

    // Another address has not failed yet.
    const string UpdateSql = $"""
        update webhook_endpoints
        set url = coalesce($2, url),
            description = case when $3 then $4 else description end,
            event_types = coalesce($5, event_types),
            failing_since = case when $2 <> url then null else failing_since end
        where id = $1
        and ($6::timestamptz is null or updated_at = $6)
        returning {EndpointColumns}
        """;

    const string RotateSql = $"""
        update webhook_endpoints
        set previous_secret = secret,
            previous_secret_expires_at = clock_timestamp() + $3,
            secret = $2
        where id = $1
        returning {EndpointColumns}
        """;

    const string EnableSql = $"""
        update webhook_endpoints
        set is_enabled = true,
            disabled_reason = null,
            failing_since = null
        where id = $1
        returning {EndpointColumns}
        """;

    const string TakeSql = """
        select
            d.id, d.endpoint_id, d.event_id, d.body, d.attempt_count, e.url, e.is_enabled, e.failing_since, e.secret,
            case when e.previous_secret_expires_at > clock_timestamp() then e.previous_secret end
        from webhook_deliveries d
        join webhook_endpoints e on e.organization_id = d.organization_id and e.id = d.endpoint_id
        where d.id = $1
        and d.status = 'pending'
        """;

    const string RecordSql = """
        update webhook_deliveries
        set attempts = attempts || $2::jsonb,
            attempt_count = attempt_count + 1,
            status = $3,
            next_attempt_at = $4,
            completed_at = case when $3 = 'pending' then null else clock_timestamp() end
        where id = $1
        """;

    const string HealthSql = """
        update webhook_endpoints
        set failing_since = case when $2 then null else coalesce(failing_since, $3) end,
            last_success_at = case when $2 then $3 else last_success_at end,
            is_enabled = is_enabled and $4::text is null,
            disabled_reason = coalesce(disabled_reason, $4)
        where id = $1
        """;

    const string DropSql = """
        update webhook_deliveries
        set status = 'failed',
            next_attempt_at = null,
            completed_at = clock_timestamp()
        where id = $1
        and status = 'pending'
        """;

    internal Task<WebhookEndpoint?> InsertAsync(Claims claims, NewWebhookEndpoint endpoint, byte[] secret, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            InsertSql, endpoint.Id, endpoint.Url, Parameter.Text(endpoint.Description), endpoint.EventTypes.ToArray(), secret), MapEndpoint, cancellationToken);

    internal Task<WebhookEndpoint?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, FindEndpoint(id), MapEndpoint, cancellationToken);

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second is what is there.</summary>
    internal async Task<(WebhookEndpoint? Changed, WebhookEndpoint? Found)> UpdateAsync(
        Claims claims, Guid id, WebhookEndpointPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql, id, Parameter.Text(patch.Url), patch.Description is not null, Parameter.Text(patch.Description?.Value),
            Parameter.Texts(patch.EventTypes), Parameter.Time(unchangedSince));
        await using var results = await database.SendAsync(claims, [update, FindEndpoint(id)], cancellationToken);
        var changed = await results.FindAsync(MapEndpoint);
        return (changed, await results.FindAsync(MapEndpoint));
    }

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<WebhookEndpoint>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken) =>
        database.ListAsync(claims, Page($"select {EndpointColumns} from webhook_endpoints", page, null), MapEndpoint, cancellationToken);

    /// <summary>Null when there is none.</summary>
    internal Task<WebhookEndpoint?> RotateAsync(Claims claims, Guid id, byte[] secret, TimeSpan grace, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(RotateSql, id, secret, grace), MapEndpoint, cancellationToken);

    /// <summary>Null when there is none.</summary>
    internal Task<WebhookEndpoint?> EnableAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(EnableSql, id), MapEndpoint, cancellationToken);

    /// <summary>Whether there was one to delete; its deliveries go with it.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            claims, "delete from webhook_endpoints where id = $1 and ($2::timestamptz is null or updated_at = $2)", [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Sends a test event; returns the delivery, or null when there is no such endpoint that is enabled.</summary>
    internal Task<Guid?> TestAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(claims, "select overmind.test_webhook($1)", [id], cancellationToken);

    /// <summary>Sends a delivery once more; returns the new one, or null when there is no such delivery.</summary>
    internal Task<Guid?> ResendAsync(Claims claims, Guid deliveryId, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(claims, "select overmind.resend_webhook($1)", [deliveryId], cancellationToken);

    internal Task<WebhookDelivery?> FindDeliveryAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement($"select {DeliveryColumns} from webhook_deliveries where id = $1", id), MapDelivery, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(Claims claims, PageRequest page, Guid? endpointId, CancellationToken cancellationToken) =>
        database.ListAsync(claims, Page($"select {DeliveryColumns} from webhook_deliveries", page, endpointId), MapDelivery, cancellationToken);

    /// <summary>Null when the delivery is gone or has ended.</summary>
    internal Task<WebhookWork?> TakeAsync(Claims claims, Guid deliveryId, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(TakeSql, deliveryId), row => new WebhookWork
        {
            DeliveryId = row.GetGuid(0),
            EndpointId = row.GetGuid(1),
            EventId = row.GetGuid(2),
            Body = row.GetString(3),
            AttemptCount = row.GetInt32(4),
            Url = row.GetString(5),
            IsEnabled = row.GetBoolean(6),
            FailingSince = row.IsDBNull(7) ? null : row.Time(7),
            Secret = row.GetFieldValue<byte[]>(8),
            PreviousSecret = row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9),
        }, cancellationToken);

    /// <summary>Records an attempt, with the end of its job and the job of the next attempt: all or nothing.</summary>
    /// <param name="jobs">Statements about jobs, in their order.</param>
    internal async Task RecordAsync(
        Claims claims, WebhookWork work, WebhookAttempt attempt, WebhookOutcome outcome, IEnumerable<Statement> jobs, CancellationToken cancellationToken)
    {
        List<Statement> statements =
        [
            .. jobs,
            new(RecordSql, work.DeliveryId, JsonSerializer.Serialize(attempt, JobJson.Options), LowerSnake.Write(outcome.Status), Parameter.Time(outcome.NextAttemptAt)),
            new(HealthSql, work.EndpointId, attempt.Error is null, attempt.At.UtcDateTime, Parameter.Text(outcome.DisabledReason)),
        ];
        if (outcome.DisabledReason is { } reason)
            statements.Add(WebhookEvents.Emit("webhook_endpoint.disabled", JsonSerializer.Serialize(
                new { id = work.EndpointId, @object = "webhook_endpoint", url = work.Url, disabled_reason = reason })));
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
    }

    /// <summary>Gives up a delivery to an endpoint that gets nothing any more.</summary>
    internal Task DropAsync(Claims claims, Guid deliveryId, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, DropSql, [deliveryId], cancellationToken);

    /// <summary>Deletes deliveries that ended before a time, some thousands of them; returns how many.</summary>
    internal Task<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, "select overmind.delete_old_webhook_deliveries($1)", [before.UtcDateTime], cancellationToken);

    static Statement FindEndpoint(Guid id) => new($"select {EndpointColumns} from webhook_endpoints where id = $1", id);

    static Statement Page(string select, PageRequest page, Guid? endpointId)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        if (endpointId is not null)
            parameters.Add(endpointId);
        var sql = $"""
            {select}
            where ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2)
            {(endpointId is null ? "" : "and endpoint_id = $3")}{CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return new Statement(sql, [.. parameters]);
    }

    static WebhookEndpoint MapEndpoint(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Url = row.GetString(1),
        Description = row.Text(2),
        EventTypes = row.GetFieldValue<string[]>(3),
        IsEnabled = row.GetBoolean(4),
        DisabledReason = row.Text(5),
        FailingSince = row.IsDBNull(6) ? null : row.Time(6),
        LastSuccessAt = row.IsDBNull(7) ? null : row.Time(7),
        PreviousSecretExpiresAt = row.IsDBNull(8) ? null : row.Time(8),
        CreatedAt = row.Time(9),
        UpdatedAt = row.Time(10),
    };

    static WebhookDelivery MapDelivery(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        EndpointId = row.GetGuid(1),
        EventId = row.GetGuid(2),
        EventType = row.GetString(3),
        Status = row.Word<WebhookDeliveryStatus>(4),
        AttemptCount = row.GetInt32(5),
        Attempts = row.Json(6),
        Body = row.GetString(7),
        NextAttemptAt = row.IsDBNull(8) ? null : row.Time(8),
        CompletedAt = row.IsDBNull(9) ? null : row.Time(9),
        CreatedAt = row.Time(10),
    };
}
