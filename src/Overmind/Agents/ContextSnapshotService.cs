using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>What of its conversation the models of an answer were given, opened from the answer.</summary>
public sealed class ContextSnapshotService(ContextSnapshotStore snapshots)
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.ContextSnapshotNotFound"/>.</exception>
    public async Task<ContextSnapshot> GetAsync(Claims claims, Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        var (exists, snapshot) = await snapshots.FindAsync(claims, conversationId, messageId, cancellationToken);
        if (!exists) throw ConversationService.MessageNotFound(messageId);
        return snapshot ?? throw new OvermindException(
            ErrorCode.ContextSnapshotNotFound, $"No context is kept of the message {messageId}: only the answers of runs have one.");
    }
}
