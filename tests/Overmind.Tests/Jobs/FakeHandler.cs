using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Overmind.Jobs;

namespace Overmind.Tests.Jobs;

/// <summary>Does jobs of kind <c>test</c> as a test says.</summary>
[Job("test")]
public sealed class FakeHandler(Func<JobContext, CancellationToken, Task> handle) : JobHandler<JsonObject>
{
    public ConcurrentQueue<Job> Handled { get; } = new();

    public ConcurrentQueue<Job> GivenUp { get; } = new();

    public override Task HandleAsync(JsonObject payload, JobContext context, CancellationToken cancellationToken)
    {
        Handled.Enqueue(context.Job);
        return handle(context, cancellationToken);
    }

    public override Task GiveUpAsync(JsonObject payload, JobContext context, CancellationToken cancellationToken)
    {
        GivenUp.Enqueue(context.Job);
        return Task.CompletedTask;
    }
}
