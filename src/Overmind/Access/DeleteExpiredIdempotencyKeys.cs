using Overmind.Jobs;

namespace Overmind.Access;

/// <summary>Deletes idempotency keys that are older than 24 hours.</summary>
[Job("idempotency_keys.clean")]
sealed class DeleteExpiredIdempotencyKeys(IdempotencyStore store) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => store.DeleteExpiredAsync(cancellationToken);
}
