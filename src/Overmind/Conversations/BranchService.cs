using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The branches of a conversation, as the member in <c>claims</c> sees them. Another answer and a question put otherwise make branches, too: those are runs.</summary>
public sealed class BranchService(BranchStore branches)
{
    /// <summary>Makes a branch after a message and makes it the active one.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Branch> ForkAsync(Claims claims, Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        try
        {
            return await branches.ForkAsync(claims, conversationId, messageId, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw ConversationService.MessageNotFound(messageId);
        }
    }

    /// <summary>By their numbers. The trunk is not among them.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>.</exception>
    public async Task<Page<Branch>> ListAsync(Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await branches.ListAsync(claims, conversationId, page, cancellationToken) ?? throw ConversationService.NotFound(conversationId));
    }

    /// <param name="name">1 to 100 characters; null: none.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BranchNotFound"/>, also for the trunk, which has no name; <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Branch> RenameAsync(Claims claims, Guid conversationId, int number, string? name, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Text("name", name, 1, 100);
        checks.ThrowIfAny();
        return await branches.RenameAsync(claims, conversationId, number, name, cancellationToken) ?? throw NotFound(number);
    }

    /// <summary>A page of the messages of all branches, by their order in the conversation, without their texts.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>.</exception>
    public async Task<Page<TreeNode>> TreeAsync(Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await branches.TreeAsync(claims, conversationId, page, cancellationToken) ?? throw ConversationService.NotFound(conversationId));
    }

    internal static OvermindException NotFound(int number) => new(ErrorCode.BranchNotFound, $"The conversation has no branch {number}.");
}
