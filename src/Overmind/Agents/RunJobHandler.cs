using Overmind.Jobs;

namespace Overmind.Agents;

/// <summary>Does the jobs of kind <c>run</c>.</summary>
public sealed class RunJobHandler(RunExecutor executor) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => RunJob.Kind;

    /// <inheritdoc/>
    public async Task<JobOutcome> HandleAsync(Job job, CancellationToken cancellationToken) =>
        await executor.RunAsync(job, cancellationToken) ? JobOutcome.Recorded : JobOutcome.Done;

    /// <inheritdoc/>
    public Task GiveUpAsync(Job job, CancellationToken cancellationToken) => executor.GiveUpAsync(job, cancellationToken);
}
