using Npgsql;
using Overmind.Conversations.Moderation;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>How a message is read.</summary>
static class MessageRow
{
    /// <summary>Of the messages <c>m</c>.</summary>
    internal const string Columns = """
        m.id, m.conversation_id, m.branch, m.seq, m.role, m.content, m.content_parts, m.parent_message_id, m.session_id, m.channel_id, m.run_id,
        m.sender_user_id, m.sender_agent_id, m.model_used, m.quality_score, m.n2_iterations, m.tokens_used, m.latency_ms, m.version, m.metadata,
        m.context, m.tools, m.memory_refs, m.version_number, m.edited, m.pinned, m.window_tokens, m.created_at, m.updated_at, m.moderation_status, m.moderation_flags
        """;

    internal static Message Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Branch = row.GetInt32(2),
        Seq = row.GetInt64(3),
        Role = row.Word<MessageRole>(4),
        Content = row.GetString(5),
        ContentParts = row.IsDBNull(6) ? null : row.Json(6),
        ParentMessageId = row.Value<Guid>(7),
        SessionId = row.Value<Guid>(8),
        ChannelId = row.Value<Guid>(9),
        RunId = row.Value<Guid>(10),
        SenderUserId = row.Value<Guid>(11),
        SenderAgentId = row.Value<Guid>(12),
        ModelUsed = row.Text(13),
        QualityScore = row.Value<double>(14),
        N2Iterations = row.Value<int>(15),
        TokensUsed = row.Value<int>(16),
        LatencyMs = row.Value<int>(17),
        Version = row.GetString(18),
        Metadata = row.Json(19),
        Context = row.Json(20),
        Tools = row.IsDBNull(21) ? null : row.Json(21),
        MemoryRefs = row.IsDBNull(22) ? null : row.GetFieldValue<Guid[]>(22),
        VersionNumber = row.GetInt32(23),
        Edited = row.GetBoolean(24),
        Pinned = row.GetBoolean(25),
        WindowTokens = row.Value<int>(26),
        CreatedAt = row.Time(27),
        UpdatedAt = row.Time(28),
        ModerationStatus = row.IsDBNull(29) ? null : row.Word<ModerationStatus>(29),
        ModerationFlags = row.Json(30),
    };
}
