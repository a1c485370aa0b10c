using Npgsql;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of context windows.</summary>
public sealed class ContextWindowStore(Database database)
{
    const string FindSql = """
        select
            c.id, b.number, size.tokens, floor(size.tokens * c.prune_margin_ratio)::bigint, held.system_tokens, held.pinned_tokens, held.other_tokens,
            held.is_estimated, held.messages::integer, c.auto_prune, c.prune_strategy, w.pruned_at, w.summary, w.summary_tokens, w.summary_from_seq,
            w.summary_until_seq, w.summary_model
        from conversations as c
        cross join lateral (select coalesce($2, c.active_branch) as number) as b
        cross join lateral (select overmind.context_size(c.id) as tokens) as size
        left join context_windows as w on (w.organization_id, w.conversation_id, w.branch) = (c.organization_id, c.id, b.number)
        cross join lateral (
            select
                coalesce(sum(m.tokens) filter (where m.role = 'system'), 0) as system_tokens,
                coalesce(sum(m.tokens) filter (where m.role <> 'system' and m.pinned), 0) as pinned_tokens,
                coalesce(sum(m.tokens) filter (where m.role <> 'system' and not m.pinned), 0) as other_tokens,
                coalesce(bool_or(m.is_estimated), false) as is_estimated,
                count(*) as messages
            from overmind.window_messages(c.organization_id, c.id, b.number) as m) as held
        where c.id = $1
        and c.deleted_at is null
        and (b.number = 0 or exists (select from conversation_branches where conversation_id = c.id and number = b.number))
        """;

    const string MessagesSql = """
        select m.id, m.seq, m.role, m.pinned, m.tokens, m.is_estimated
        from conversations as c
        cross join lateral overmind.window_messages(c.organization_id, c.id, coalesce($2, c.active_branch)) as m
        where c.id = $1
        order by m.seq desc
        limit $3
        """;

    const string TokensSql = "select rolling_tokens, prune_strategy in ('summarize', 'hybrid') from conversations where id = $1 and deleted_at is null for no key update";

    /// <summary>Null when there is no such conversation or branch.</summary>
    /// <param name="branch">Null for the active one.</param>
    internal async Task<ContextWindow?> FindAsync(Claims claims, Guid conversationId, int? branch, int limit, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, Statements(conversationId, branch, limit), cancellationToken);
        return await ReadAsync(results, limit);
    }

    /// <summary>Null when there is no such conversation.</summary>
    internal async Task<PrunedWindow?> PruneAsync(Claims claims, Guid conversationId, long? target, int limit, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(TokensSql, conversationId),
                new(
                    "select prune_conversation(id, $2) from conversations where id = $1 and deleted_at is null",
                    conversationId, new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = (object?)target ?? DBNull.Value }),
                new(
                    """
                    select exists (
                        select from jobs
                        where kind = 'conversation.summarize' and completed_at is null and unique_key = $1::uuid || ':' || (select active_branch from conversations where id = $1))
                    """,
                    conversationId),
                .. Statements(conversationId, null, limit),
            ],
            cancellationToken);
        var before = await results.FindAsync(row => (Tokens: row.GetInt64(0), Summarizes: row.GetBoolean(1)));
        var pruned = await results.FindAsync(row => row.GetInt32(0));
        var queued = await results.FindAsync(row => row.GetBoolean(0));
        return await ReadAsync(results, limit) is { } window
            ? new PrunedWindow
            {
                MessagesPruned = pruned,
                TokensFreed = before.Tokens - window.TotalTokens,
                IsQueued = before.Summarizes && queued,
                Window = window,
            }
            : null;
    }

    /// <summary>What a summary would take the place of, so that the window fits; null: it fits, or nothing can leave.</summary>
    /// <param name="room">Tokens that the summary may take.</param>
    internal async Task<SummaryPlan?> PlanSummaryAsync(
        Claims claims, Guid conversationId, int branch, long target, int room, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    select p.after_seq, p.kept_seqs, p.left_ids, p.left_tokens, c.prune_strategy, w.pruned_at, w.summary,
                        overmind.digest_messages(c.id, p.left_ids) as digest
                    from conversations as c
                    cross join lateral (select overmind.count_window(c.organization_id, c.id, $2) as tokens) as held
                    left join context_windows as w on (w.organization_id, w.conversation_id, w.branch) = (c.organization_id, c.id, $2)
                    cross join lateral overmind.plan_pruning(
                        c.id, $2, held.tokens - $3 + $4 - coalesce(w.summary_tokens, 0),
                        case c.prune_strategy when 'hybrid' then 'hybrid' else 'summarize' end) as p
                    where c.id = $1
                    and c.deleted_at is null
                    and held.tokens > $3
                    """,
                    conversationId, branch, target, room),
            ],
            cancellationToken);
        return await results.FindAsync(row => new SummaryPlan
        {
            AfterSeq = row.GetInt64(0),
            KeptSeqs = row.GetFieldValue<long[]>(1),
            LeftIds = row.GetFieldValue<Guid[]>(2),
            LeftTokens = row.GetInt64(3),
            Strategy = row.GetString(4),
            PrunedAt = row.IsDBNull(5) ? null : row.GetFieldValue<DateTime>(5),
            Summary = row.Text(6),
            Digest = row.Text(7),
        });
    }

    /// <summary>The texts of messages, oldest first.</summary>
    internal Task<IReadOnlyList<(string Role, string Content)>> TextsAsync(Claims claims, Guid[] ids, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims, new Statement("select role, content from messages where id = any ($1) order by seq", [ids]), row => (row.GetString(0), row.GetString(1)),
            cancellationToken);

    /// <summary>Puts a summary in the place of what it is of; false where that is another by now.</summary>
    internal async Task<bool> SummarizeAsync(
        Claims claims, Guid conversationId, int branch, SummaryPlan plan, string summary, int tokens, ModelReference model,
        CancellationToken cancellationToken) =>
        await database.FindAsync(
            claims,
            new Statement(
                "select overmind.summarize_window($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", conversationId, branch,
                new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = (object?)plan.PrunedAt ?? DBNull.Value },
                plan.AfterSeq, plan.KeptSeqs, plan.LeftIds, Parameter.Text(plan.Digest), summary, tokens, model.ToString(), plan.Strategy),
            row => row.GetBoolean(0), cancellationToken);

    static Statement[] Statements(Guid conversationId, int? branch, int limit) =>
        [new(FindSql, conversationId, Parameter.Integer(branch)), new(MessagesSql, conversationId, Parameter.Integer(branch), limit + 1)];

    static async Task<ContextWindow?> ReadAsync(BatchResults results, int limit)
    {
        var window = await results.FindAsync(Map);
        var messages = await results.ListAsync(Message);
        return window is null ? null : window with { Messages = [.. messages.Take(limit).Reverse()], HasMore = messages.Count > limit };
    }

    static ContextWindow Map(NpgsqlDataReader row)
    {
        var summary = row.IsDBNull(12) ? null : new ContextSummary
        {
            Text = row.GetString(12),
            Tokens = row.GetInt32(13),
            FromSeq = row.GetInt64(14),
            UntilSeq = row.GetInt64(15),
            Model = row.GetString(16),
        };
        var total = row.GetInt64(4) + row.GetInt64(5) + row.GetInt64(6) + (summary?.Tokens ?? 0);
        return new ContextWindow
        {
            ConversationId = row.GetGuid(0),
            Branch = row.GetInt32(1),
            MaxTokens = row.GetInt64(2),
            MarginTokens = row.GetInt64(3),
            SystemTokens = row.GetInt64(4),
            PinnedTokens = row.GetInt64(5),
            SummaryTokens = summary?.Tokens ?? 0,
            MessageTokens = row.GetInt64(6),
            TotalTokens = total,
            FreeTokens = Math.Max(0, row.GetInt64(2) - total),
            IsEstimated = row.GetBoolean(7)
                || (summary is not null && (ModelReference.Parse(summary.Model) is not { } model || ModelTokenizers.Find(model) is null)),
            MessageCount = row.GetInt32(8),
            AutoPrune = row.GetBoolean(9),
            PruneStrategy = row.Word<PruneStrategy>(10),
            PrunedAt = row.IsDBNull(11) ? null : row.Time(11),
            Summary = summary,
            Messages = [],
            HasMore = false,
        };
    }

    static ContextMessage Message(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Seq = row.GetInt64(1),
        Role = row.Word<MessageRole>(2),
        Pinned = row.GetBoolean(3),
        Tokens = row.GetInt32(4),
        IsEstimated = row.GetBoolean(5),
    };
}
