using System.Collections.Concurrent;
using Overmind.Jobs;

namespace Overmind.Tests.Jobs;

/// <summary>Does jobs of kind <c>test</c> as a test says.</summary>
public sealed class FakeHandler(Func<Job, CancellationToken, Task<JobOutcome>> handle) : IJobHandler
{
    public string Kind => "test";

    public ConcurrentQueue<Job> Handled { get; } = new();

    public ConcurrentQueue<Job> GivenUp { get; } = new();

    public Task<JobOutcome> HandleAsync(Job job, CancellationToken cancellationToken)
    {
        Handled.Enqueue(job);
        return handle(job, cancellationToken);
    }

    public Task GiveUpAsync(Job job, CancellationToken cancellationToken)
    {
        GivenUp.Enqueue(job);
        return Task.CompletedTask;
    }
}
