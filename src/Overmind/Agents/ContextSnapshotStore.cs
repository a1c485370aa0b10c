using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of context snapshots.</summary>
public sealed class ContextSnapshotStore(Database database)
{
    /// <summary>What the answer of a run was made from; none where its conversation was deleted meanwhile.</summary>
    internal static Statement Insert(Run run, RunSnapshot snapshot)
    {
        var segments = ContextSegments.Of(snapshot, run.QuestionMessageId);
        var total = segments.Sum(s => (long)s.Tokens);
        return new Statement(
            """
            insert into context_snapshots (message_id, run_id, snapshot_data, total_tokens, compression_ratio, segment_count, build_time_ms, optimization_count)
            select
                m.id, r.id, $3::jsonb, $4,
                case when $7 = 0 then 1 else least(1, $4::double precision / greatest(1, overmind.branch_tokens(r.conversation_id, q.branch, q.seq))) end,
                $5, $6, $7
            from workflow_runs r
            join messages m on (m.organization_id, m.id) = (r.organization_id, $1)
            join messages q on (q.organization_id, q.id) = (r.organization_id, r.question_message_id)
            where r.id = $2
            """,
            run.AnswerMessageId, run.Id, ContextSegments.ToJson(segments), total, segments.Count, snapshot.BuildTimeMs,
            (snapshot.HasLeft ? 1 : 0) + (snapshot.Summary is null ? 0 : 1) + (snapshot.HistoryIsCut ? 1 : 0));
    }

    /// <summary>The first tells whether there is such a message; the second is null when no run made it, or one from before this was kept.</summary>
    internal async Task<(bool Exists, ContextSnapshot? Snapshot)> FindAsync(Claims claims, Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    select exists (
                        select from messages m
                        join conversations c on (c.organization_id, c.id) = (m.organization_id, m.conversation_id)
                        where m.id = $2 and m.conversation_id = $1 and m.deleted_at is null and c.deleted_at is null)
                    """,
                    conversationId, messageId),
                new(
                    """
                    select
                        x.id, x.message_id, x.run_id, x.agent_id, x.total_tokens, x.compression_ratio, x.segment_count, x.build_time_ms, x.optimization_count,
                        x.created_at, r.snapshot::text, r.question_message_id
                    from context_snapshots x
                    join workflow_runs r on (r.organization_id, r.id) = (x.organization_id, x.run_id)
                    where x.message_id = $2 and r.conversation_id = $1
                    """,
                    conversationId, messageId),
            ],
            cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var snapshot = await results.FindAsync(row => new ContextSnapshot
        {
            Id = row.GetGuid(0),
            MessageId = row.GetGuid(1),
            RunId = row.GetGuid(2),
            AgentId = row.Value<Guid>(3),
            TotalTokens = row.GetInt64(4),
            CompressionRatio = row.GetDouble(5),
            SegmentCount = row.GetInt32(6),
            BuildTimeMs = row.GetInt32(7),
            OptimizationCount = row.GetInt32(8),
            CreatedAt = row.Time(9),
            Segments = ContextSegments.Of(RunSnapshotJson.Read(row.GetString(10)), row.GetGuid(11)),
        });
        return (exists, snapshot);
    }
}
