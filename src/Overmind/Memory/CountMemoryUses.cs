using Overmind.Jobs;

namespace Overmind.Memory;

/// <summary>Counts how often memories were used, and when last.</summary>
[Job("memory_uses.count")]
sealed class CountMemoryUses(MemorySearchStore store) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => store.FoldUsesAsync(cancellationToken);
}
