using Overmind.Jobs;

namespace Overmind.Usage.Cache;

/// <summary>Deletes answers that have expired, and look-ups of more than 400 days ago.</summary>
[Job("response_cache.clean")]
sealed class DeleteExpiredCache(CacheStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        while (await store.DeleteExpiredAsync(cancellationToken) > 0)
        {
        }
    }
}
