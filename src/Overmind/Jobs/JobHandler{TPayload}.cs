namespace Overmind.Jobs;

/// <summary>
/// Does the jobs of one kind. The class names it (<c>[Job("mail.send")]</c>) and is registered once (<c>services.AddJob&lt;SendMail&gt;()</c>);
/// each job gets an instance from a scope of its own.
/// </summary>
/// <typeparam name="TPayload">What a job needs, a record. Read strictly: a member it does not have, or one that is missing, is refused when the job is enqueued.</typeparam>
public abstract class JobHandler<TPayload> : JobHandler
    where TPayload : notnull
{
    /// <summary>
    /// Does a job. It may be a second time: after a crash, or when the lease was lost. An exception means that it failed and is tried again,
    /// except that of a cancelled token and a <see cref="JobFailedException"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the node stops, the job is cancelled or out of time, or the lease is lost.</param>
    public abstract Task HandleAsync(TPayload payload, JobContext context, CancellationToken cancellationToken);

    /// <summary>Tells whom it concerns that the job has failed for the last time; the worker marks the job itself.</summary>
    public virtual Task GiveUpAsync(TPayload payload, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    internal sealed override Task HandleAsync(JobContext context, CancellationToken cancellationToken) =>
        HandleAsync(Payload(context), context, cancellationToken);

    internal sealed override Task GiveUpAsync(JobContext context, CancellationToken cancellationToken) =>
        JobJson.Fault(typeof(TPayload), context.Job.Payload) is null ? GiveUpAsync(Payload(context), context, cancellationToken) : Task.CompletedTask;

    static TPayload Payload(JobContext context) => (TPayload)JobJson.Read(typeof(TPayload), context.Job.Payload);
}
