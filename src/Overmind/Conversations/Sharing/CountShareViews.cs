using Overmind.Jobs;

namespace Overmind.Conversations.Sharing;

/// <summary>Counts how often shared conversations were read.</summary>
[Job("share_views.count")]
sealed class CountShareViews(ShareStore store) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => store.FoldAsync(cancellationToken);
}
