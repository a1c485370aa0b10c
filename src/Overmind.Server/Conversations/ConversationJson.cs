using System.Text.Json;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>
/// Writes conversations and messages member by member. The same JSON as <see cref="ServerJson"/> would write (tested), at a third of its
/// cost: the generated code sends every nullable member and every enum through the serializer, a thousand times for a page of 50 messages.
/// </summary>
static class ConversationJson
{
    public static void Write(Utf8JsonWriter writer, Conversation conversation)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, conversation.Id);
        writer.WriteString("object"u8, "conversation"u8);
        writer.WriteString("title"u8, conversation.Title);
        writer.WriteString("user_id"u8, conversation.UserId);
        writer.WriteString("visibility"u8, LowerSnake.Write(conversation.Visibility));
        Write(writer, "project_id"u8, conversation.ProjectId);
        writer.WriteString("status"u8, LowerSnake.Write(conversation.Status));
        writer.WriteNumber("active_branch"u8, conversation.ActiveBranch);
        writer.WriteNumber("message_count"u8, conversation.MessageCount);
        writer.WriteStartArray("tags"u8);
        foreach (var tag in conversation.Tags)
            writer.WriteStringValue(tag);
        writer.WriteEndArray();
        writer.WriteString("folder"u8, conversation.Folder);
        Write(writer, "metadata"u8, conversation.Metadata);
        Write(writer, "workflow_id"u8, conversation.WorkflowId);
        Write(writer, "quality_threshold"u8, conversation.QualityThreshold);
        Write(writer, "max_n2_iterations"u8, conversation.MaxN2Iterations);
        writer.WriteString("cost_cap_usd"u8, conversation.CostCapUsd?.ToString());
        writer.WriteString("model_provider"u8, conversation.ModelProvider);
        writer.WriteString("model_name"u8, conversation.ModelName);
        Write(writer, "max_context_tokens"u8, conversation.MaxContextTokens);
        writer.WriteBoolean("auto_prune"u8, conversation.AutoPrune);
        writer.WriteString("prune_strategy"u8, LowerSnake.Write(conversation.PruneStrategy));
        writer.WriteNumber("prune_margin_ratio"u8, conversation.PruneMarginRatio);
        writer.WriteNumber("rolling_tokens"u8, conversation.RollingTokens);
        if (conversation.LastPrunedAt is { } prunedAt)
            writer.WriteString("last_pruned_at"u8, prunedAt);
        else
            writer.WriteNull("last_pruned_at"u8);
        Write(writer, "forked_from_conversation_id"u8, conversation.ForkedFromConversationId);
        Write(writer, "forked_from_message_id"u8, conversation.ForkedFromMessageId);
        writer.WriteString("last_activity_at"u8, conversation.LastActivityAt);
        writer.WriteString("created_at"u8, conversation.CreatedAt);
        writer.WriteString("updated_at"u8, conversation.UpdatedAt);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, message.Id);
        writer.WriteString("object"u8, "message"u8);
        writer.WriteString("conversation_id"u8, message.ConversationId);
        writer.WriteNumber("branch"u8, message.Branch);
        writer.WriteNumber("seq"u8, message.Seq);
        writer.WriteString("role"u8, LowerSnake.Write(message.Role));
        writer.WriteString("content"u8, message.Content);
        Write(writer, "content_parts"u8, message.ContentParts ?? default);
        Write(writer, "parent_message_id"u8, message.ParentMessageId);
        Write(writer, "session_id"u8, message.SessionId);
        Write(writer, "channel_id"u8, message.ChannelId);
        Write(writer, "run_id"u8, message.RunId);
        Write(writer, "sender_user_id"u8, message.SenderUserId);
        Write(writer, "sender_agent_id"u8, message.SenderAgentId);
        writer.WriteString("model_used"u8, message.ModelUsed);
        Write(writer, "quality_score"u8, message.QualityScore);
        Write(writer, "n2_iterations"u8, message.N2Iterations);
        Write(writer, "tokens_used"u8, message.TokensUsed);
        Write(writer, "latency_ms"u8, message.LatencyMs);
        writer.WriteString("version"u8, message.Version);
        Write(writer, "metadata"u8, message.Metadata);
        Write(writer, "context"u8, message.Context);
        Write(writer, "tools"u8, message.Tools ?? default);
        Write(writer, "memory_refs"u8, message.MemoryRefs);
        writer.WriteString("moderation_status"u8, message.ModerationStatus is { } moderated ? LowerSnake.Write(moderated) : null);
        Write(writer, "moderation_flags"u8, message.ModerationFlags);
        writer.WriteNumber("version_number"u8, message.VersionNumber);
        writer.WriteBoolean("edited"u8, message.Edited);
        writer.WriteBoolean("pinned"u8, message.Pinned);
        Write(writer, "window_tokens"u8, message.WindowTokens);
        writer.WriteString("created_at"u8, message.CreatedAt);
        writer.WriteString("updated_at"u8, message.UpdatedAt);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ListResponse<Conversation> list) => Write(writer, list, Write);

    public static void Write(Utf8JsonWriter writer, ListResponse<Message> list) => Write(writer, list, Write);

    public static void Write(Utf8JsonWriter writer, ConversationWithMessages both)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("conversation"u8);
        Write(writer, both.Conversation);
        writer.WritePropertyName("messages"u8);
        Write(writer, both.Messages);
        writer.WriteEndObject();
    }

    static void Write<T>(Utf8JsonWriter writer, ListResponse<T> list, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var item in list.Data)
            write(writer, item);
        writer.WriteEndArray();
        Write(writer, "first_id"u8, list.FirstId);
        Write(writer, "last_id"u8, list.LastId);
        writer.WriteBoolean("has_more"u8, list.HasMore);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonText value)
    {
        writer.WritePropertyName(name);
        if (value.Utf8.IsEmpty)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<Guid>? values)
    {
        if (values is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is { } set)
            writer.WriteString(name, set);
        else
            writer.WriteNull(name);
    }

    static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } set)
            writer.WriteNumber(name, set);
        else
            writer.WriteNull(name);
    }

    static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } set)
            writer.WriteNumber(name, set);
        else
            writer.WriteNull(name);
    }
}
