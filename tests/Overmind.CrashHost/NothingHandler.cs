using System.Text.Json.Nodes;
using Overmind.Jobs;

namespace Overmind.CrashHost;

/// <summary>What goes on beside jobs that end their process.</summary>
[Job("crash.nothing")]
sealed class NothingHandler : JobHandler<JsonObject>
{
    public override Task HandleAsync(JsonObject payload, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
