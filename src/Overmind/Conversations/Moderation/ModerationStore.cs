using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations.Moderation;

/// <summary>The SQL of moderation.</summary>
public sealed class ModerationStore(Database database)
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal async Task<ModerationSettings> SettingsAsync(Claims claims, CancellationToken cancellationToken)
    {
        var settings = await database.FindAsync<string>(claims, "select settings::text from organizations where id = overmind.org_id()", [], cancellationToken);
        using var document = JsonDocument.Parse(settings ?? "{}");
        return ModerationSettings.Read(document.RootElement);
    }

    /// <summary>One row more than the limit, where there are more. By id; no row for who may not review.</summary>
    internal Task<IReadOnlyList<ModeratedMessage>> ListAsync(Claims claims, ModerationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var wanted = Parameter.Text(status is { } known ? LowerSnake.Write(known) : null);
        return database.ListAsync(
            claims,
            new Statement(
                """
                select message_id, conversation_id, role, content, sender_user_id, status, flags::text, moderated_at, created_at
                from overmind.moderated_messages($1, $2, $3, $4, $5, $6)
                """,
                wanted, Parameter.Uuid(page.Cursor), page.ReadsUpwards, page.Limit + 1, Parameter.Time(page.CreatedAt?.From), Parameter.Time(page.CreatedAt?.Before)),
            Map, cancellationToken);
    }

    /// <summary>Sets a message's status with what the reviewer says, and records the act; null when there is no such message.</summary>
    internal Task<ModeratedMessage?> ReviewAsync(Claims claims, Guid id, ModerationStatus status, ModerationFlag flag, CancellationToken cancellationToken)
    {
        var review = new Statement(
            """
            select message_id, conversation_id, role, content, sender_user_id, status, flags::text, moderated_at, created_at
            from overmind.review_message($1, $2, $3::jsonb)
            """,
            id, LowerSnake.Write(status), JsonSerializer.Serialize(flag, Json));
        return database.FindAsync(claims, review, Map, cancellationToken);
    }

    /// <summary>What is asked about; null when the message is not pending any more, or nobody is to be asked.</summary>
    internal Task<PendingMessage?> FindPendingAsync(Claims claims, Guid id, CancellationToken cancellationToken) => database.FindAsync(
        claims,
        new Statement(
            """
            select m.id, m.conversation_id, m.role, m.content, e.id, e.url, e.secret
            from messages m
            join organizations o on o.id = m.organization_id
            join webhook_endpoints e on e.organization_id = m.organization_id and e.id::text = o.settings -> 'moderation' ->> 'hook_endpoint_id'
            where m.id = $1
            and m.moderation_status = 'pending'
            and m.deleted_at is null
            """,
            id),
        row => new PendingMessage(row.GetGuid(0), row.GetGuid(1), row.Word<MessageRole>(2), row.GetString(3), row.GetGuid(4), row.GetString(5), row.GetFieldValue<byte[]>(6)),
        cancellationToken);

    /// <summary>What the hook said, with the end of its job; nothing happens where a reviewer was faster.</summary>
    internal async Task SettleAsync(
        Claims claims, Guid id, ModerationStatus status, IReadOnlyList<ModerationFlag> flags, Statement completion, CancellationToken cancellationToken)
    {
        var settle = new Statement("select overmind.settle_moderation($1, $2, $3::jsonb)", id, LowerSnake.Write(status), JsonSerializer.Serialize(flags, Json));
        await using var results = await database.SendAsync(claims, [settle, completion], cancellationToken);
        await results.CompleteAsync();
    }

    static ModeratedMessage Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Role = row.Word<MessageRole>(2),
        Content = row.GetString(3),
        SenderUserId = row.Value<Guid>(4),
        Status = row.Word<ModerationStatus>(5),
        Flags = ReadFlags(row.GetString(6)),
        ModeratedAt = row.IsDBNull(7) ? null : row.Time(7),
        CreatedAt = row.Time(8),
    };

    // SQL clients may have written anything into it: what is no flag is left out.
    static IReadOnlyList<ModerationFlag> ReadFlags(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        return [.. document.RootElement.EnumerateArray().Select(Flag).OfType<ModerationFlag>()];

        static ModerationFlag? Flag(JsonElement flag)
        {
            try
            {
                return flag.Deserialize<ModerationFlag>(Json) is { Code: not null, Category: not null, Source: not null } read ? read : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
