namespace Overmind.Jobs;

/// <summary>Does the jobs of one kind; derive from <see cref="JobHandler{TPayload}"/>.</summary>
public abstract class JobHandler
{
    private protected JobHandler()
    {
    }

    internal abstract Task HandleAsync(JobContext context, CancellationToken cancellationToken);

    internal abstract Task GiveUpAsync(JobContext context, CancellationToken cancellationToken);
}
