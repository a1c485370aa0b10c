using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The sessions of a conversation, as the member in <c>claims</c> sees them.</summary>
public sealed class ConversationSessionService(ConversationSessionStore sessions)
{
    /// <summary>Begins one. With an id that is there already: the one that is there.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<ConversationSession> CreateAsync(
        Claims claims, Guid conversationId, NewConversationSession session, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        session.Check();
        try
        {
            return await sessions.InsertAsync(claims, conversationId, session, cancellationToken)
                ?? await GetAsync(claims, conversationId, session.Id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "conversation_sessions_agent_fkey")
        {
            throw new OvermindException(ErrorCode.InvalidValue, $"There is no agent {session.AgentId}.", "agent_id");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw ConversationService.NotFound(conversationId);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationSessionNotFound"/>.</exception>
    public async Task<ConversationSession> GetAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        await sessions.FindAsync(claims, conversationId, id, cancellationToken) ?? throw NotFound(id);

    /// <param name="status">Only those; null: all.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>.</exception>
    public async Task<Page<ConversationSession>> ListAsync(
        Claims claims, Guid conversationId, ConversationSessionStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(
            await sessions.ListAsync(claims, conversationId, status, page, cancellationToken) ?? throw ConversationService.NotFound(conversationId));
    }

    /// <summary>Pauses a session, takes it up again or completes it, and keeps what is to be known of it.</summary>
    /// <param name="unchangedSince">The <see cref="ConversationSession.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.ConversationSessionNotFound"/>, <see cref="ErrorCode.SessionCompleted"/>, <see cref="ErrorCode.PreconditionFailed"/>,
    /// <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<ConversationSession> UpdateAsync(
        Claims claims, Guid conversationId, Guid id, ConversationSessionPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        patch.Check();
        try
        {
            var (changed, exists) = await sessions.UpdateAsync(claims, conversationId, id, patch, unchangedSince, cancellationToken);
            return changed ?? throw (exists
                ? new OvermindException(ErrorCode.PreconditionFailed, "The session has changed since the version in If-Match. Read it again.")
                : NotFound(id));
        }
        catch (PostgresException refused) when (refused.ConstraintName == "conversation_sessions_completed")
        {
            throw new OvermindException(ErrorCode.SessionCompleted, $"The session {id} is completed and stays so. Begin another.", "status");
        }
    }

    static OvermindException NotFound(Guid id) => new(ErrorCode.ConversationSessionNotFound, $"There is no session {id} in this conversation.");
}
