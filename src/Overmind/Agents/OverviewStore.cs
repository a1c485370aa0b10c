using Npgsql;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of lists that show conversations and runs together: one statement a page, newest first, read by key.</summary>
public sealed class OverviewStore(Database database)
{
    /// <param name="after">The last conversation of the page before; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    public async Task<Page<ConversationOverview>> ConversationsAsync(
        Claims claims, ConversationFilter filter, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        page.Check();
        filter.Check();
        var tagged = await ConversationStore.TaggedAsync(database, claims, filter, cancellationToken);
        var visible = new VisibleRows("conversations", claims, limit + 1, upwards: false);
        if (after is { } last)
            visible.Where("id <", last);
        visible.Where(filter, tagged);
        return page.PageOf(await database.ListAsync(
            claims,
            new Statement(
                $"""
                select
                    c.id, c.title, c.folder, c.tags, c.status, c.message_count, c.last_activity_at,
                    r.id, r.status, r.best_score, r.quality_threshold, coalesce(r.is_offline, false)
                from ({visible.Sql("organization_id, id, title, folder, tags, status, message_count, last_activity_at")}) c
                left join lateral (
                    select id, status, best_score, quality_threshold, is_offline
                    from workflow_runs
                    where (organization_id, conversation_id) = (c.organization_id, c.id)
                    order by id desc
                    limit 1
                ) r on true
                order by c.id desc
                """,
                visible.Parameters),
            Map,
            cancellationToken));
    }

    static ConversationOverview Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Title = row.GetString(1),
        Folder = row.Text(2),
        Tags = row.GetFieldValue<string[]>(3),
        IsArchived = row.Word<ConversationStatus>(4) is ConversationStatus.Archived,
        MessageCount = row.GetInt32(5),
        LastActivityAt = row.Time(6),
        RunId = row.Value<Guid>(7),
        Status = row.IsDBNull(8) ? null : row.Word<RunStatus>(8),
        BestScore = row.Value<double>(9),
        QualityThreshold = row.Value<double>(10),
        IsOffline = row.GetBoolean(11),
    };

    /// <summary>Runs of conversations that are not deleted.</summary>
    /// <param name="after">The last run of the page before; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    public async Task<Page<RunOverview>> RunsAsync(Claims claims, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        page.Check();
        return page.PageOf(await database.ListAsync<RunOverview>(
            claims,
            """
            select
                r.id, r.conversation_id, c.title, r.status as run_status, r.best_score, r.quality_threshold, r.n2_iterations, r.max_n2_iterations,
                r.tokens_input + r.tokens_output as tokens, r.cost_usd, r.is_offline, r.latency_ms, r.created_at
            from workflow_runs r
            join conversations c on (c.organization_id, c.id) = (r.organization_id, r.conversation_id)
            where c.deleted_at is null
                and ($1::uuid is null or r.id < $1)
            order by r.id desc
            limit $2
            """,
            [after, limit + 1],
            cancellationToken));
    }
}
