namespace Overmind.Client;

/// <summary>The audit log of an organization, for its admins.</summary>
public sealed class AuditLogsClient
{
    readonly ApiConnection _connection;

    internal AuditLogsClient(ApiConnection connection) => _connection = connection;

    public Task<AuditLog> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/audit_logs/{id}", ClientJson.Default.AuditLog, cancellationToken);

    /// <param name="filter">Default: all.</param>
    public Task<Page<AuditLog>> ListAsync(PageRequest? page = null, AuditLogFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/audit_logs{(filter ?? new()).AddTo((page ?? new()).Query)}", ClientJson.Default.PageAuditLog, cancellationToken);

    /// <summary>All that the filter takes, the oldest first, a line of JSON each, as they come. Dispose it when it is read.</summary>
    /// <param name="filter">Default: all.</param>
    /// <param name="createdAt">Default: whenever.</param>
    public async Task<Stream> ExportAsync(AuditLogFilter? filter = null, TimeRange? createdAt = null, CancellationToken cancellationToken = default)
    {
        var query = (createdAt ?? new()).AddTo((filter ?? new()).AddTo(new Query()), "created_at");
        var response = await _connection.OpenAsync(new HttpRequestMessage(HttpMethod.Get, $"/v1/audit_logs/export{query}"), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }
}
