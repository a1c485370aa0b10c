using System.Text.Json;
using Npgsql;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>
/// Changes of messages and what they said before, as the member in <c>claims</c> sees them. A message is changed by whoever sent it, by the owner of its
/// conversation and by admins; a deleted one is not found.
/// </summary>
/// <param name="tokens">Counts what messages take in a context window. Default: the database estimates.</param>
/// <param name="moderator">What looks at messages before they are stored. Default: nothing does.</param>
/// <param name="attachments">Finds what messages name as attached. Default: the database alone looks whether it is there.</param>
public sealed class MessageVersionService(
    MessageStore messages, MessageVersionStore versions, MessageTokens? tokens = null, Moderator? moderator = null, MessageAttachments? attachments = null)
{
    /// <summary>Changes a message and keeps what it said.</summary>
    /// <param name="unchangedSince">The <see cref="Message.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile, <see cref="ErrorCode.InvalidValue"/>,
    /// <see cref="ErrorCode.MessageTooLarge"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<Message> EditAsync(
        Claims claims, Guid conversationId, Guid id, MessagePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var message = await messages.FindAsync(claims, conversationId, id, cancellationToken) ?? throw ConversationService.MessageNotFound(id);
        // What stays attached is looked at with the new words, too.
        var before = message.ContentParts?.Parse();
        var attached = attachments is null
            ? null
            : await attachments.FindAsync(claims, conversationId, patch.ContentParts is { } given ? given.Value : before, before, cancellationToken);
        if (attached is not null && patch.ContentParts is not null)
            patch = patch with { ContentParts = new Change<JsonElement?>(attached.Parts) };
        patch.Check(message.Role);
        var files = attached is null ? "" : await attachments!.TextAsync(claims, attached.Attachments, cancellationToken);
        var verdict = moderator is null || patch.Text is null && patch.ContentParts is null
            ? null
            : await moderator.JudgeAsync(claims, (patch.Text ?? message.Content) + files, patch.ContentParts?.Value, cancellationToken);
        var windowTokens = tokens is null || patch.Text is null ? null : await tokens.CountAsync(claims, conversationId, patch.Text + files, cancellationToken);
        var (changed, exists) = await AttachingAsync(
            () => messages.EditAsync(claims.With(verdict), conversationId, id, patch, windowTokens, unchangedSince, cancellationToken));
        return changed ?? throw (exists
            ? new OvermindException(ErrorCode.PreconditionFailed, "The message has changed since the version in If-Match. Read it again.")
            : ConversationService.MessageNotFound(id));
    }

    /// <summary>By their numbers, the current one included.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>.</exception>
    public async Task<Page<MessageVersion>> ListAsync(
        Claims claims, Guid conversationId, Guid messageId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(
            await versions.ListAsync(claims, conversationId, messageId, page, cancellationToken) ?? throw ConversationService.MessageNotFound(messageId));
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.MessageVersionNotFound"/>.</exception>
    public async Task<MessageVersion> GetAsync(Claims claims, Guid conversationId, Guid messageId, int number, CancellationToken cancellationToken) =>
        (await FindAsync(claims, conversationId, messageId, [number], cancellationToken)).SingleOrDefault() ?? throw NotFound(number);

    /// <summary>The text of one version beside that of another, line by line.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.MessageVersionNotFound"/>.</exception>
    public async Task<MessageDiff> DiffAsync(
        Claims claims, Guid conversationId, Guid messageId, int from, int to, CancellationToken cancellationToken)
    {
        var found = await FindAsync(claims, conversationId, messageId, [from, to], cancellationToken);
        string Text(int number) => (found.FirstOrDefault(v => v.VersionNumber == number) ?? throw NotFound(number)).Content;
        return new MessageDiff { MessageId = messageId, From = from, To = to, Lines = LineDiff.Of(Text(from), Text(to)) };
    }

    /// <summary>Writes an earlier version anew: it is the message's newest then, and the others stay. The current one is written already.</summary>
    /// <param name="reason">Why, up to 500 characters.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MessageNotFound"/>, <see cref="ErrorCode.MessageVersionNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Message> RestoreAsync(
        Claims claims, Guid conversationId, Guid messageId, int number, string? reason, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Text("change_reason", reason, 0, 500);
        checks.ThrowIfAny();
        var version = await GetAsync(claims, conversationId, messageId, number, cancellationToken);
        var verdict = moderator is null ? null : await moderator.JudgeAsync(claims, version.Content, null, cancellationToken);
        var restored = version.IsCurrent
            ? await messages.FindAsync(claims, conversationId, messageId, cancellationToken)
            : (await AttachingAsync(() => messages.RestoreVersionAsync(claims.With(verdict), conversationId, messageId, number, reason, cancellationToken))).Changed;
        return restored ?? throw ConversationService.MessageNotFound(messageId);
    }

    static async Task<(Message? Changed, bool Exists)> AttachingAsync(Func<Task<(Message? Changed, bool Exists)>> change)
    {
        try
        {
            return await change();
        }
        catch (PostgresException refused) when (refused.ConstraintName == MessageAttachments.Key)
        {
            throw MessageAttachments.Gone(refused);
        }
    }

    async Task<IReadOnlyList<MessageVersion>> FindAsync(
        Claims claims, Guid conversationId, Guid messageId, int[] numbers, CancellationToken cancellationToken) =>
        await versions.FindAsync(claims, conversationId, messageId, numbers, cancellationToken) ?? throw ConversationService.MessageNotFound(messageId);

    static OvermindException NotFound(int number) => new(ErrorCode.MessageVersionNotFound, $"The message has no version {number}.");
}
