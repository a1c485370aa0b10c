using Overmind.Jobs;

namespace Overmind.Bench.Jobs;

/// <summary>Does nothing but tell that it was called.</summary>
[Job("bench.noop")]
sealed class NoOpHandler(NoOpCounter counter) : JobHandler<NoOpPayload>
{
    public override Task HandleAsync(NoOpPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        counter.Started(payload.Number);
        return Task.CompletedTask;
    }
}
