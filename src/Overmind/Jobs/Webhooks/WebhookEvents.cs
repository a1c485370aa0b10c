using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs.Webhooks;

/// <summary>The types of events that webhooks tell.</summary>
public static class WebhookEvents
{
    /// <summary>Those that an endpoint can choose from.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["budget.limit_reached", "budget.second_limit_reached", "budget.soft_limit_reached", "job.failed", "run.cancelled", "run.failed", "run.succeeded", "run.waiting", "webhook_endpoint.disabled"];

    /// <summary>For the batch of what makes it happen: a delivery and a job for each endpoint that wants it, or nothing.</summary>
    /// <param name="data">The resource, as the API shows it, in JSON.</param>
    public static Statement Emit(string type, string data) => new("select overmind.emit_event($1, $2::jsonb)::text", type, data);

    internal static void Check(ref Checks checks, IReadOnlyList<string> types)
    {
        for (var i = 0; i < types.Count; i++)
            checks.Require(Types.Contains(types[i]), $"event_types[{i}]", $"There is no event '{types[i]}'; there are {string.Join(", ", Types)}.");
        checks.Require(types.Distinct().Count() == types.Count, "event_types", "event_types names an event twice.");
    }
}
