using System.Text.Json.Nodes;
using Overmind.Jobs;

namespace Overmind.CrashHost;

/// <summary>Ends its process.</summary>
[Job("crash.exit")]
sealed class ExitHandler : JobHandler<JsonObject>
{
    public override Task HandleAsync(JsonObject payload, JobContext context, CancellationToken cancellationToken)
    {
        Environment.Exit(3);
        return Task.CompletedTask;
    }
}
