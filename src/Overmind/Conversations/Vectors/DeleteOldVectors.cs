using Overmind.Jobs;

namespace Overmind.Conversations.Vectors;

/// <summary>Forgets vectors of providers that nobody asked for in 30 days.</summary>
[Job("embeddings.clean")]
sealed class DeleteOldVectors(VectorStore store, TimeProvider time) : JobHandler<NoPayload>
{
    const int DaysKept = 30;

    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var before = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-DaysKept);
        while (await store.DeleteCachedAsync(before, cancellationToken) > 0) continue;
    }
}
