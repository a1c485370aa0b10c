using System.Text.Json;
using Overmind.Conversations.Attachments;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// What models are given of what is attached: texts as texts, when the run is made, so that it goes on as it began; pictures as pictures, when a call is made.
/// All else they are told the name of.
/// </summary>
public sealed class QuestionAttachments(MessageAttachments attachments, RunStore runs)
{
    const int BytesPerToken = 4;

    /// <summary>All pictures of a question together; providers take no more in one request.</summary>
    const long MaxImageBytes = 20 * 1024 * 1024;

    /// <summary>A question with what is attached to it; null where nothing is.</summary>
    /// <param name="ids">What is attached now; null: what <paramref name="parts"/> name, as far as it is still there.</param>
    /// <param name="parts">Of the message that is answered once more, or in place of which the question is asked.</param>
    internal async Task<RunQuestion> AttachAsync(
        Claims claims, Guid conversationId, RunQuestion question, IReadOnlyList<Guid>? ids, JsonElement? parts, CancellationToken cancellationToken)
    {
        var attached = ids is not null
            ? await attachments.OfQuestionAsync(claims, conversationId, question.Text, ids, mayBeGone: false, cancellationToken)
            : await attachments.OfQuestionAsync(claims, conversationId, question.Text, MessageAttachments.Ids(parts), mayBeGone: true, cancellationToken);
        if (attached is null)
            return question;
        // Half of the window at most: the question's words and what was said before want room, too.
        var size = await runs.ContextSizeAsync(claims, conversationId, cancellationToken);
        var room = (int)Math.Min(size / 2 * BytesPerToken, int.MaxValue);
        var texts = await attachments.TextsAsync(claims, attached.Attachments, cancellationToken, room);
        return question with
        {
            Parts = attached.Parts,
            Attachments = [.. attached.Attachments.Select(a => new RunAttachment(a.Id, a.Name, a.MediaType, texts.FirstOrDefault(t => t.Attachment == a).Text))],
        };
    }

    /// <summary>The messages before the question with the texts that were attached to them.</summary>
    internal async Task<RunHistory> WithTextsAsync(Claims claims, Guid conversationId, RunHistory history, CancellationToken cancellationToken)
    {
        if (!history.Messages.Any(m => m.AttachmentIds.Count > 0))
            return history;
        var messages = history.Messages.ToList();
        foreach (var (i, message) in messages.Index().Where(m => m.Item.AttachmentIds.Count > 0).ToList())
        {
            if (await attachments.OfQuestionAsync(claims, conversationId, message.Content, message.AttachmentIds, mayBeGone: true, cancellationToken) is { } attached)
                messages[i] = message with { Content = message.Content + await attachments.NamedTextAsync(claims, attached.Attachments, cancellationToken) };
        }

        return history with { Messages = messages };
    }

    /// <summary>The run with the pictures of its question, as far as they are still there.</summary>
    internal async Task<RunSnapshot> WithImagesAsync(Claims claims, RunSnapshot run, CancellationToken cancellationToken)
    {
        var wanted = run.Attachments.Where(a => a.MediaType.StartsWith("image/", StringComparison.Ordinal)).ToList();
        if (wanted.Count == 0)
            return run;
        var images = await attachments.BytesAsync(claims, [.. wanted.Select(a => a.Id)], MaxImageBytes, cancellationToken);
        return run with { Images = images };
    }
}
