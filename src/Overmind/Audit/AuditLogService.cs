using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Audit;

/// <summary>The audit log of an organization, for its admins.</summary>
public sealed class AuditLogService(AuditLogStore store)
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: who reads it has <c>audit.read</c>.</exception>
    public async Task<Page<AuditLog>> ListAsync(Claims claims, AuditLogFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.AuditRead);
        page.Check();
        filter.Check();
        return page.PageOf(await store.ListAsync(claims, filter, page, cancellationToken));
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.AuditLogNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<AuditLog> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.AuditRead);
        return await store.FindAsync(claims, id, cancellationToken)
            ?? throw new OvermindException(ErrorCode.AuditLogNotFound, $"There is no audit log {id}.");
    }

    /// <summary>How many acts are older than so many days.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: who reads it has <c>audit.read</c>.</exception>
    public Task<long> CountOlderAsync(Claims claims, int days, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.AuditRead);
        return store.CountOlderAsync(claims, days, cancellationToken);
    }

    /// <summary>All that the filter takes, the oldest first, read page by page: a transaction is open for no longer than a page. The export is itself an act.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: who reads it has <c>audit.read</c>.</exception>
    public async IAsyncEnumerable<AuditLog> ExportAsync(
        Claims claims, AuditLogFilter filter, TimeRange? createdAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.AuditRead);
        filter.Check();
        await store.RecordAsync(claims, Exported, cancellationToken);
        var page = new PageRequest { Limit = PageRequest.MaxLimit, Order = PageOrder.Asc, CreatedAt = createdAt };
        for (var hasMore = true; hasMore;)
        {
            var read = page.PageOf(await store.ListAsync(claims, filter, page, cancellationToken));
            foreach (var log in read.Items)
                yield return log;
            hasMore = read.HasMore;
            page = page with { After = hasMore ? read.Items[^1].Id : null };
        }
    }

    /// <summary>Records an act that failed, in a transaction of its own.</summary>
    public Task FailedAsync(Claims claims, AuditedAct act, AuditFailure failure, CancellationToken cancellationToken) =>
        store.RecordAsync(claims, EntryOf(act, failure), cancellationToken);

    /// <summary>The same of somebody who has no claims, as with a key that was revoked.</summary>
    public Task FailedAsync(
        Guid organizationId, Guid? userId, AuditedAct act, AuditFailure failure, RequestOrigin origin, CancellationToken cancellationToken) =>
        store.RecordAsync(organizationId, userId, EntryOf(act, failure), origin, cancellationToken);

    static AuditEntry Exported => new() { EventType = "audit_log.exported", Action = AuditAction.Read, ResourceType = "audit_log" };

    static AuditEntry EntryOf(AuditedAct act, AuditFailure failure) => new()
    {
        EventType = act.EventType,
        Action = act.Action,
        ResourceType = act.ResourceType,
        ResourceId = failure.ResourceId,
        Status = AuditStatus.Failure,
        Metadata = new JsonObject { ["code"] = failure.Code, ["route"] = failure.Route },
    };
}
