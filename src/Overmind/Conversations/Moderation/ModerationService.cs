using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations.Moderation;

/// <summary>The review of what moderation has flagged, blocked or not settled yet. Reviewers see these messages whosever they are.</summary>
public sealed class ModerationService(ModerationStore store, TimeProvider time)
{
    /// <param name="status">Only those. Default: pending, flagged and blocked ones.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.InvalidParameter"/>.</exception>
    public async Task<Page<ModeratedMessage>> ListAsync(Claims claims, ModerationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModerationReview);
        page.Check();
        if (status is ModerationStatus.Approved)
            throw new OvermindException(ErrorCode.InvalidParameter, "status is pending, flagged or blocked: what is approved is in no queue.", "status");
        return page.PageOf(await store.ListAsync(claims, status, page, cancellationToken));
    }

    /// <summary>Lets a message be used, whatever was found in it.</summary>
    /// <param name="reason">For the audit log, 1 to 500 characters; null: none is given.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.InvalidValue"/>.</exception>
    public Task<ModeratedMessage> ApproveAsync(Claims claims, Guid id, string? reason, CancellationToken cancellationToken) =>
        ReviewAsync(claims, id, ModerationStatus.Approved, reason, cancellationToken);

    /// <summary>Keeps a message from models and shares.</summary>
    /// <param name="reason">For the audit log, 1 to 500 characters; null: none is given.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.InvalidValue"/>.</exception>
    public Task<ModeratedMessage> BlockAsync(Claims claims, Guid id, string? reason, CancellationToken cancellationToken) =>
        ReviewAsync(claims, id, ModerationStatus.Blocked, reason, cancellationToken);

    async Task<ModeratedMessage> ReviewAsync(Claims claims, Guid id, ModerationStatus status, string? reason, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModerationReview);
        var checks = new Checks();
        checks.Text("reason", reason, 1, 500);
        checks.ThrowIfAny();
        var flag = new ModerationFlag(LowerSnake.Write(status), "review", reason, "review", StoredTime.Now(time));
        return await store.ReviewAsync(claims, id, status, flag, cancellationToken)
            ?? throw new OvermindException(ErrorCode.MessageNotFound, $"There is no message {id}.");
    }
}
