using Npgsql;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Templates;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>
/// Conversations and their messages, as the member in <c>claims</c> sees them. What is deleted, unknown or another organization's is
/// not found, always with the same answer.
/// </summary>
/// <param name="tokens">Counts what messages take in a context window. Default: the database estimates.</param>
/// <param name="deleted">What other modules do when a conversation was deleted. Default: nothing.</param>
/// <param name="moderator">What looks at messages before they are stored. Default: nothing does.</param>
/// <param name="attachments">Finds what messages name as attached. Default: the database alone looks whether it is there.</param>
/// <param name="templates">What conversations begin with. Default: nothing.</param>
public sealed class ConversationService(
    ConversationStore conversations, MessageStore messages, MessageTokens? tokens = null, IEnumerable<ConversationDeleted>? deleted = null, Moderator? moderator = null,
    MessageAttachments? attachments = null, ContextTemplateService? templates = null, TextEmbedder? embedder = null)
{
    const string WorkflowKey = "conversations_workflow_fkey";

    /// <exception cref="OvermindException">A value is not valid; the member may not write.</exception>
    public async Task<Conversation> CreateAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        conversation.Check();
        try
        {
            if (conversation.ContextTemplate is not null && templates is not null)
                return await templates.BeginAsync(claims, conversation, cancellationToken);
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
    public Task<Page<Conversation>> ListAsync(Claims claims, PageRequest page, ConversationStatus? status, CancellationToken cancellationToken) =>
        ListAsync(claims, new ConversationFilter { Status = status }, page, cancellationToken);

    /// <summary>Those that the filter leaves.</summary>
    public async Task<Page<Conversation>> ListAsync(Claims claims, ConversationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        filter.Check();
        return page.PageOf(await conversations.ListAsync(claims, page, filter, cancellationToken));
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
            catch (PostgresException refused) when (refused.ConstraintName == "conversations_active_branch_fkey")
            {
                throw new OvermindException(ErrorCode.InvalidValue, $"The conversation has no branch {patch.ActiveBranch}.", "active_branch");
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

    /// <summary>Undoes a deletion, until it is purged. A conversation that is there stays as it is.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Conversation> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await conversations.RestoreAsync(claims, id, cancellationToken) ?? throw NotFound(id);
    }

    /// <summary>
    /// Makes a conversation of the caller's own that begins with the branch of a message, up to and including it: what is deleted or blocked stays out, and what answers
    /// cost is not counted again. With an id that is there already: the one that is there.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.MessageNotFound"/>, also when it is deleted.</exception>
    public async Task<Conversation> ForkAsync(Claims claims, Guid id, NewFork fork, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        fork.Check();
        try
        {
            return await conversations.ForkAsync(claims, id, fork, cancellationToken) ?? throw NotFound(fork.Id);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            await GetAsync(claims, id, cancellationToken);
            throw MessageNotFound(fork.MessageId);
        }
    }

    /// <summary>Appends a message. With an id that is there already: the one that is there.</summary>
    public async Task<Message> AppendAsync(Claims claims, Guid conversationId, NewMessage message, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var attached = attachments is null ? null : await attachments.FindAsync(claims, conversationId, message.ContentParts, null, cancellationToken);
        if (attached is not null)
            message = message with { ContentParts = attached.Parts };
        message.Check();
        try
        {
            var read = message.Text + (attached is null ? "" : await attachments!.TextAsync(claims, attached.Attachments, cancellationToken));
            var verdict = moderator is null ? null : await moderator.JudgeAsync(claims, read, message.ContentParts, cancellationToken);
            var windowTokens = tokens is null ? null : await tokens.CountAsync(claims, conversationId, read, cancellationToken);
            var vector = embedder is null ? null : await embedder.EmbedAtOnceAsync(message.Text, cancellationToken);
            return await messages.AppendAsync(claims.With(verdict), conversationId, message, windowTokens, vector, cancellationToken)
                ?? throw await NoParentAsync(claims, conversationId, message, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "messages_session_fkey")
        {
            throw new OvermindException(
                ErrorCode.InvalidValue, $"There is no active session {message.SessionId} in this conversation. Take a paused one up again first.", "session_id");
        }
        catch (PostgresException refused) when (refused.ConstraintName == "messages_sender_agent_fkey")
        {
            throw new OvermindException(ErrorCode.InvalidValue, $"There is no agent {message.SenderAgentId}.", "sender_agent_id");
        }
        catch (PostgresException refused) when (refused.ConstraintName == MessageAttachments.Key)
        {
            throw MessageAttachments.Gone(refused);
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

    /// <summary>A page of the active branch's messages by their order in the conversation.</summary>
    public Task<Page<Message>> ListMessagesAsync(Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken) =>
        ListMessagesAsync(claims, conversationId, null, page, cancellationToken);

    /// <summary>A page of a branch's messages by their order in the conversation: its own, and what it shares with the branches it left.</summary>
    /// <param name="branch">0 for the trunk; null for the active one.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.BranchNotFound"/>.</exception>
    public async Task<Page<Message>> ListMessagesAsync(
        Claims claims, Guid conversationId, int? branch, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        var (conversationExists, branchExists, cursorExists, rows) = await messages.ListAsync(claims, conversationId, branch, page, cancellationToken);
        if (!conversationExists)
            throw NotFound(conversationId);
        if (!branchExists)
            throw BranchService.NotFound(branch!.Value);
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

    /// <summary>Undoes a deletion, until it is purged. A message that is there stays as it is.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Message> RestoreMessageAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await messages.RestoreAsync(claims, conversationId, id, cancellationToken) ?? throw MessageNotFound(id);
    }

    async Task<OvermindException> NoParentAsync(Claims claims, Guid conversationId, NewMessage message, CancellationToken cancellationToken)
    {
        await GetAsync(claims, conversationId, cancellationToken);
        return new OvermindException(
            ErrorCode.InvalidValue, $"There is no message {message.ParentMessageId} in this conversation.", "parent_message_id");
    }

    static OvermindException Changed() =>
        new(ErrorCode.PreconditionFailed, "The conversation has changed since the version in If-Match. Read it again.");

    internal static OvermindException NotFound(Guid id) => new(ErrorCode.ConversationNotFound, $"There is no conversation {id}.");

    static OvermindException NoWorkflow(Guid? id) => new(ErrorCode.WorkflowNotFound, $"There is no workflow {id}.", "workflow_id");

    internal static OvermindException MessageNotFound(Guid id) => new(ErrorCode.MessageNotFound, $"There is no message {id} in this conversation.");
}
