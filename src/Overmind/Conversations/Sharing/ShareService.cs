using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations.Sharing;

/// <summary>Links by which anybody may read a conversation. Its owner and admins make them; whoever made one, and admins, see and revoke it.</summary>
public sealed class ShareService(ShareStore store, TimeProvider time)
{
    const int MostMessages = 1_000;

    /// <summary>Makes a link; its token is never shown again.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<(Share Share, string Token)> CreateAsync(Claims claims, Guid conversationId, NewShare share, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        share.Check(time.GetUtcNow());
        var token = ShareToken.Generate(claims.OrganizationId!.Value);
        try
        {
            var (made, exists) = await store.InsertAsync(claims, conversationId, share, token, cancellationToken);
            if (made is not null)
                return (made, token.Text);
            throw exists
                ? new OvermindException(ErrorCode.InvalidValue, $"The conversation has no branch {share.Branch}.", "branch")
                : new OvermindException(ErrorCode.ConversationNotFound, $"There is no conversation {conversationId}.");
        }
        catch (PostgresException refused) when (refused.ConstraintName == "conversation_shares_conversation_fkey")
        {
            throw new OvermindException(ErrorCode.Forbidden, "A conversation is shared by its owner and by admins. Ask one of them.");
        }
    }

    /// <summary>By id. A member's own; an admin's list is the organization's.</summary>
    /// <param name="conversationId">Only of this conversation; null: of all.</param>
    public async Task<Page<Share>> ListAsync(Claims claims, Guid? conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, conversationId, page, cancellationToken));
    }

    /// <summary>From then on nobody reads it by the link.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ShareNotFound"/>, also when it was revoked before.</exception>
    public async Task RevokeAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await store.RevokeAsync(claims, id, cancellationToken))
            throw new OvermindException(ErrorCode.ShareNotFound, $"There is no share {id} that is not revoked.");
    }

    /// <summary>What a link shows, to anybody who has it; counts that it was read.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ShareNotFound"/>: wrong, expired or revoked, always with the same words.</exception>
    public async Task<SharedConversation> ViewAsync(string token, CancellationToken cancellationToken)
    {
        var (title, sharedAt, expiresAt, messages) = await store.ViewAsync(ShareToken.Parse(token), MostMessages + 1, cancellationToken)
            ?? throw new OvermindException(ErrorCode.ShareNotFound, "There is nothing behind this link: it is wrong, has expired or was revoked. Ask whoever gave it to you.");
        return new SharedConversation(title, sharedAt, expiresAt, messages.Count > MostMessages, messages.Count > MostMessages ? [.. messages.Skip(1)] : messages);
    }
}
