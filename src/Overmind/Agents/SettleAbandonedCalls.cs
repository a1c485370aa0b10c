using Overmind.Jobs;

namespace Overmind.Agents;

/// <summary>Settles by estimate the calls that are none of a run and whose server did not live to do so.</summary>
[Job("abandoned_calls.settle")]
sealed class SettleAbandonedCalls(PlaygroundStore store, TimeProvider time) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        while (await store.SettleAbandonedAsync(time.GetUtcNow(), cancellationToken) > 0)
        {
        }
    }
}
