namespace Overmind.Jobs;

/// <summary>Does the jobs of one kind.</summary>
public interface IJobHandler
{
    /// <summary>As in the job's row, for example <c>run</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Does a job. It may be a second time: after a crash, or when the lease was lost. An exception means that it failed and is tried again,
    /// except that of a cancelled token.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the node stops or the lease is lost: what is written from then on would be in vain.</param>
    Task<JobOutcome> HandleAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Tells whom it concerns that the job has failed for the last time; the worker marks the job itself.</summary>
    Task GiveUpAsync(Job job, CancellationToken cancellationToken);
}
