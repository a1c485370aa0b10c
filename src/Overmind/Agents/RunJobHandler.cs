using Overmind.Jobs;

namespace Overmind.Agents;

/// <summary>Does the jobs of kind <c>run</c>.</summary>
[Job(RunJob.Kind)]
sealed class RunJobHandler(RunExecutor executor) : JobHandler<RunJobPayload>
{
    /// <summary>A run is what members see and cancel; its job is done again however often a worker dies, because no recorded call is made twice.</summary>
    internal static readonly JobKindOptions Options = new()
    {
        MaxAttempts = RunJob.MaxAttempts,
        RetryWhenLost = true,
        CallsModels = true,
        CarriedBy = "It carries a run: cancel the run, or ask again.",
    };

    /// <inheritdoc/>
    public override async Task HandleAsync(RunJobPayload payload, JobContext context, CancellationToken cancellationToken) =>
        context.IsEndRecorded = await executor.RunAsync(context.Job, cancellationToken);

    /// <inheritdoc/>
    public override Task GiveUpAsync(RunJobPayload payload, JobContext context, CancellationToken cancellationToken) =>
        executor.GiveUpAsync(context.Job, cancellationToken);
}
