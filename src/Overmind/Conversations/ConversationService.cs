using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>
/// Conversations and their messages, as the member in <c>claims</c> sees them. What is deleted, unknown or another organization's is
/// not found, always with the same answer.
/// </summary>
/// <param name="deleted">What other modules do when a conversation was deleted. Default: nothing.</param>
public sealed class ConversationService(ConversationStore conversations, MessageStore messages, IEnumerable<ConversationDeleted>? deleted = null)
{
    const string WorkflowKey = "conversations_workflow_fkey";

    /// <exception cref="OvermindException">A value is not valid; the member may not write.</exception>
    public async Task<Conversation> CreateAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        conversation.Check();
        try
        {
            return await conversations.InsertAsync(claims, conversation, cancellationToken)
                ?? await GetAsync(claims, conversation.Id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == WorkflowKey)
        {
            throw NoWorkflow(conversation.WorkflowId);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>.</exception>
    public async Task<Conversation> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await conversations.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>A conversation and its newest messages, oldest of them first. <see cref="Page{T}.HasMore"/>: there are earlier ones.</summary>
    /// <param name="limit">1 to 100.</param>
    public async Task<(Conversation Conversation, Page<Message> Messages)> GetWithLatestAsync(
        Claims claims, Guid id, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        page.Check();
        var (conversation, rows) = await messages.FindWithLatestAsync(claims, id, limit, cancellationToken) ?? throw NotFound(id);
        var latest = page.PageOf(rows);
        return (conversation, latest with { Items = [.. latest.Items.Reverse()] });
    }

    /// <param name="status">Only those; null: active and archived ones.</param>
    public async Task<Page<Conversation>> ListAsync(
        Claims claims, PageRequest page, ConversationStatus? status, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await conversations.ListAsync(claims, page, status, cancellationToken));
    }

    /// <param name="unchangedSince">The <see cref="Conversation.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task<Conversation> UpdateAsync(
        Claims claims, Guid id, ConversationPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        patch.Check();
        var (changed, exists) = await UpdateAsync();
        return changed ?? throw (exists ? Changed() : NotFound(id));

        async Task<(Conversation?, bool)> UpdateAsync()
        {
            try
            {
                return await conversations.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken);
            }
            catch (PostgresException refused) when (refused.ConstraintName == WorkflowKey)
            {
                throw NoWorkflow(patch.WorkflowId?.Value);
            }
        }
    }

    /// <summary>Deletes a conversation; a run in it is asked to stop.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, also when it was deleted before.</exception>
    public Task DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken) => DeleteAsync(claims, id, null, cancellationToken);

    /// <param name="unchangedSince">The <see cref="Conversation.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await conversations.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw unchangedSince is not null && await conversations.FindAsync(claims, id, cancellationToken) is not null ? Changed() : NotFound(id);
        foreach (var after in deleted ?? [])
            await after(claims, id, cancellationToken);
    }

    /// <summary>Appends a message. With an id that is there already: the one that is there.</summary>
    public async Task<Message> AppendAsync(Claims claims, Guid conversationId, NewMessage message, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        message.Check();
        try
        {
            return await messages.AppendAsync(claims, conversationId, message, cancellationToken)
                ?? throw await NoParentAsync(claims, conversationId, message, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw NotFound(conversationId);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await GetMessageAsync(claims, conversationId, message.Id, cancellationToken);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>.</exception>
    public async Task<Message> GetMessageAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        await messages.FindAsync(claims, conversationId, id, cancellationToken) ?? throw MessageNotFound(id);

    /// <summary>A page of messages by their order in the conversation.</summary>
    public async Task<Page<Message>> ListMessagesAsync(
        Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        var (conversationExists, cursorExists, rows) = await messages.ListAsync(claims, conversationId, page, cancellationToken);
        if (!conversationExists)
            throw NotFound(conversationId);
        if (!cursorExists)
            throw new OvermindException(
                ErrorCode.InvalidParameter, "The cursor is not a message of this conversation.", page.After is null ? "before" : "after");
        return page.PageOf(rows);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, also when it was deleted before.</exception>
    public async Task DeleteMessageAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await messages.DeleteAsync(claims, conversationId, id, cancellationToken))
            throw MessageNotFound(id);
    }

    async Task<OvermindException> NoParentAsync(Claims claims, Guid conversationId, NewMessage message, CancellationToken cancellationToken)
    {
        await GetAsync(claims, conversationId, cancellationToken);
        return new OvermindException(
            ErrorCode.InvalidValue, $"There is no message {message.ParentMessageId} in this conversation.", "parent_message_id");
    }

    static OvermindException Changed() =>
        new(ErrorCode.PreconditionFailed, "The conversation has changed since the version in If-Match. Read it again.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.ConversationNotFound, $"There is no conversation {id}.");

    static OvermindException NoWorkflow(Guid? id) => new(ErrorCode.WorkflowNotFound, $"There is no workflow {id}.", "workflow_id");

    static OvermindException MessageNotFound(Guid id) => new(ErrorCode.MessageNotFound, $"There is no message {id} in this conversation.");
}
