using Overmind.Jobs;

namespace Overmind.Conversations.Attachments;

/// <summary>Deletes for good attachments that were deleted, that no message has taken within a day, and whose messages are purged. Their contents go by another job.</summary>
[Job("attachments.purge")]
sealed class PurgeAttachments(AttachmentStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        (Guid, Guid)? last = null;
        do
        {
            (var more, last) = await store.PurgeAsync(last, cancellationToken);
            deleted += more;
        }
        while (last is not null);

        context.Result = new() { ["deleted"] = deleted };
    }
}
