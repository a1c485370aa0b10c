using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>Does the jobs of kind <c>ping</c>, which only come back: to see that the queue and its workers live.</summary>
[Job("ping")]
sealed class PingHandler : JobHandler<PingPayload>
{
    internal static readonly JobKindOptions Options = new() { IsPublic = true, KeepCompleted = TimeSpan.FromDays(1) };

    /// <inheritdoc/>
    public override Task HandleAsync(PingPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        context.Result = new JsonObject { ["message"] = payload.Message };
        return Task.CompletedTask;
    }
}
