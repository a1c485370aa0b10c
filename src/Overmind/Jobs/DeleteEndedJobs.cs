namespace Overmind.Jobs;

/// <summary>Deletes ended jobs that were kept long enough, in small steps.</summary>
[Job("jobs.clean")]
sealed class DeleteEndedJobs(JobStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        while (await store.DeleteEndedAsync(cancellationToken) > 0) cancellationToken.ThrowIfCancellationRequested();
    }
}
