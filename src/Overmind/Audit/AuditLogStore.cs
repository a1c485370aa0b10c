using Npgsql;
using Overmind.Postgres;

namespace Overmind.Audit;

/// <summary>The SQL of reading the audit log, and of what is recorded by itself.</summary>
public sealed class AuditLogStore(Database database)
{
    const string SelectSql = """
        select
            l.id, l.user_id, m.display_name, l.api_key_id, l.event_type, l.action, l.resource_type, l.resource_id, l.status, l.old_values, l.new_values,
            l.metadata, l.request_id, host(d.ip_address), d.user_agent, nullif(d.personal, '{}'), l.created_at
        from audit_logs l
        left join audit_details d on d.id = l.id
        left join organization_members m on m.organization_id = l.organization_id and m.user_id = l.user_id
        """;

    // By the database's clock, as the deletion goes.
    const string CountOlderSql = "select count(*) from audit_logs where created_at < clock_timestamp() - interval '24 hours' * $1";

    internal Task<AuditLog?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement($"{SelectSql} where l.id = $1", id), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<AuditLog>> ListAsync(Claims claims, AuditLogFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1];
        var conditions = Conditions(filter, page, parameters);
        return database.ListAsync(
            claims, new Statement($"{SelectSql} where true{conditions} order by l.id {(page.ReadsUpwards ? "asc" : "desc")} limit $1", [.. parameters]), Map, cancellationToken);
    }

    internal Task<long> CountOlderAsync(Claims claims, int days, CancellationToken cancellationToken) =>
        database.FindAsync<long>(claims, CountOlderSql, [days], cancellationToken);

    /// <summary>An act in a transaction of its own: one that failed, so that it has none to go with.</summary>
    internal Task RecordAsync(Claims claims, AuditEntry entry, CancellationToken cancellationToken) =>
        ExecuteAsync(claims, AuditTrail.Record(entry, null), cancellationToken);

    /// <summary>The same of somebody without claims.</summary>
    internal Task RecordAsync(Guid? organizationId, Guid? userId, AuditEntry entry, RequestOrigin? origin, CancellationToken cancellationToken) =>
        ExecuteAsync(Claims.Service, AuditTrail.RecordAs(organizationId, userId, entry, origin), cancellationToken);

    // Each where it is asked for: behind "$2 is null or" a plan for all executions could not use an index.
    static string Conditions(AuditLogFilter filter, PageRequest page, List<object?> parameters)
    {
        return Is("l.user_id", filter.UserId) + Is("l.api_key_id", filter.ApiKeyId) + Is("l.event_type", filter.EventType)
            + Is("l.action", filter.Action is { } action ? LowerSnake.Write(action) : null) + Is("l.resource_type", filter.ResourceType)
            + Is("l.resource_id", filter.ResourceId) + Is("l.status", filter.Status is { } status ? LowerSnake.Write(status) : null)
            + Compares("l.id", page.ReadsUpwards ? ">" : "<", page.Cursor) + CreatedRange.And(page.CreatedAt, parameters, "l.created_at");

        string Is(string column, object? value) => Compares(column, "=", value);

        string Compares(string column, string comparison, object? value)
        {
            if (value is null)
                return "";
            parameters.Add(value);
            return $" and {column} {comparison} ${parameters.Count}";
        }
    }

    async Task ExecuteAsync(Claims claims, Statement statement, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [statement], cancellationToken);
        await results.CompleteAsync();
    }

    static AuditLog Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.Value<Guid>(1),
        UserName = row.Text(2),
        ApiKeyId = row.Value<Guid>(3),
        EventType = row.GetString(4),
        Action = row.Word<AuditAction>(5),
        ResourceType = row.GetString(6),
        ResourceId = row.Text(7),
        Status = row.Word<AuditStatus>(8),
        OldValues = Json(row, 9),
        NewValues = Json(row, 10),
        Metadata = row.Json(11),
        RequestId = row.Text(12),
        IpAddress = row.Text(13),
        UserAgent = row.Text(14),
        Personal = Json(row, 15),
        CreatedAt = row.Time(16),
    };

    static JsonText Json(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? default : row.Json(column);
}
