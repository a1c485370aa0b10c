using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>Context windows: what of a branch a model is given. Messages leave a window, never the conversation.</summary>
public sealed class ContextWindowService(ContextWindowStore windows, MessageStore messages)
{
    /// <summary>The most messages that are listed with a window.</summary>
    public const int MaxMessages = 1000;

    /// <param name="branch">0 for the trunk; null for the active one.</param>
    /// <param name="limit">How many of its newest messages are listed, 0 to 1,000.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.BranchNotFound"/>.</exception>
    public async Task<ContextWindow> GetAsync(Claims claims, Guid conversationId, int? branch, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 0 or > MaxMessages)
            throw new OvermindException(ErrorCode.InvalidParameter, $"limit is 0 to {MaxMessages}, not {limit}.", "limit");
        if (await windows.FindAsync(claims, conversationId, branch, limit, cancellationToken) is { } window)
            return window;
        throw branch is { } number && await windows.FindAsync(claims, conversationId, null, 0, cancellationToken) is not null
            ? BranchService.NotFound(number)
            : ConversationService.NotFound(conversationId);
    }

    /// <summary>Lets messages leave the active branch's window, as the conversation's strategy chooses; where they are summarized a job does it.</summary>
    /// <param name="target">Tokens that it has at most then; null: three quarters of its margin.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.InvalidValue"/>.</exception>
    public async Task<PrunedWindow> PruneAsync(Claims claims, Guid conversationId, long? target, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Require(target is not < 0, "target_tokens", $"target_tokens is 0 or more, not {target}.");
        checks.ThrowIfAny();
        return await windows.PruneAsync(claims, conversationId, target, 100, cancellationToken) ?? throw ConversationService.NotFound(conversationId);
    }

    /// <summary>Lets a message stay in the window whatever leaves, or no longer. A call of tools and its results are pinned together.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>.</exception>
    public async Task<Message> PinAsync(Claims claims, Guid conversationId, Guid messageId, bool pinned, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await messages.PinAsync(claims, conversationId, messageId, pinned, cancellationToken) ?? throw ConversationService.MessageNotFound(messageId);
    }
}
