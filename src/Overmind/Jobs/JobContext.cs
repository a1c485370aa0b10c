using System.Text.Json.Nodes;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>A job in the hands of its handler.</summary>
public sealed class JobContext
{
    readonly JobStore _store;

    internal JobContext(Job job, JobStore store) => (Job, _store) = (job, store);

    public Job Job { get; }

    /// <summary>In whose name its rows are read and written: the member who enqueued it. The service's role lets the same transaction end the job.</summary>
    public Claims Claims => Job.OrganizationId is null
        ? Claims.Service
        : new(Job.OrganizationId, Job.UserId, OrganizationRole.User)
        {
            DatabaseRole = DatabaseRole.ServiceRole,
            Origin = Job.IsScheduled ? new RequestOrigin(null, null, null) { IsScheduled = true } : null,
        };

    /// <summary>What came of it, shown with the completed job; null for nothing.</summary>
    public JsonObject? Result { get; set; }

    /// <summary>True when the job's end was written with its effect, or is another worker's to write; else the worker marks it completed.</summary>
    public bool IsEndRecorded { get; set; }

    /// <summary>
    /// The job's end, for the transaction of its effect: then both happen once or none does. Set <see cref="IsEndRecorded"/> when it is committed.
    /// It fails with <c>OV001</c> when the lease is another's.
    /// </summary>
    public Statement Completion => JobStore.Complete(Job);

    /// <summary>Says how far it is.</summary>
    /// <param name="progress">0 to 1.</param>
    public Task ReportAsync(double progress, CancellationToken cancellationToken) => _store.ReportAsync(Job, progress, cancellationToken);
}
