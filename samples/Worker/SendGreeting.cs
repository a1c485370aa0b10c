using System.Text.Json.Nodes;
using Overmind.Jobs;

namespace Overmind.Samples.Worker;

/// <summary>A kind of jobs is this class and one line of registration.</summary>
[Job("sample.greeting")]
public sealed class SendGreeting : JobHandler<GreetingPayload>
{
    public override async Task HandleAsync(GreetingPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        await context.ReportAsync(0.5, cancellationToken);
        Console.WriteLine($"Hello, {payload.Name}, at attempt {context.Job.AttemptCount}");
        context.Result = new JsonObject { ["length"] = payload.Name.Length };
    }
}
