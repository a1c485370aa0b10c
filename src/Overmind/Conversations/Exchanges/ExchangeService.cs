using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations.Exchanges;

/// <summary>
/// Keeps what was said between a client and a model in a conversation. Clients send all of it each time: what the conversation has already is not written again.
/// </summary>
public sealed class ExchangeService(Database database, ConversationService conversations)
{
    const string KeepSql = "select kept from overmind.keep_exchange($1, $2::jsonb)";

    /// <summary>What would be refused afterwards, before anything is asked: the conversation has to be there, and each message to be one that can be kept.</summary>
    /// <param name="conversationId">Null: a new one.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.MessageTooLarge"/>, or a text cannot be stored.</exception>
    public async Task CheckAsync(Claims claims, Guid? conversationId, IReadOnlyList<ExchangeMessage> messages, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        for (var i = 0; i < messages.Count; i++) NewMessage.CheckContent($"messages[{i}].content", messages[i].Content);
        if (conversationId is { } id) await conversations.GetAsync(claims, id, cancellationToken);
    }

    /// <summary>
    /// Keeps an exchange, all of it or nothing; returns how many messages were new. Where it departs from the conversation's active branch, it goes on on a new one after the
    /// last message that is the same.
    /// </summary>
    /// <param name="create">Makes the conversation, too.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>.</exception>
    public async Task<int> KeepAsync(
        Claims claims, Guid conversationId, bool create, IReadOnlyList<ExchangeMessage> messages, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var keep = new Statement(KeepSql, conversationId, StoredText.CleanJson(new JsonArray([.. messages.Select(m => m.ToJson())]).ToJsonString()));
        try
        {
            await using var results = await database.SendAsync(
                claims, create ? [ConversationStore.Insert(new NewConversation { Id = conversationId }), keep] : [keep], cancellationToken);
            if (create) await results.FindAsync(_ => true);
            var kept = await results.FindAsync<int>();
            await results.CompleteAsync();
            return kept;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new OvermindException(ErrorCode.ConversationNotFound, $"There is no conversation {conversationId}.", inner: refused);
        }
    }
}
