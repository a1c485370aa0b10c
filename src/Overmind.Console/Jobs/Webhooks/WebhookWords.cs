using Overmind.Jobs.Webhooks;

namespace Overmind.WebConsole.Jobs.Webhooks;

/// <summary>Webhooks in words.</summary>
public static class WebhookWords
{
    /// <summary>The colour of a delivery's state.</summary>
    public static string Tone(WebhookDeliveryStatus status) => status switch
    {
        WebhookDeliveryStatus.Succeeded => "good",
        WebhookDeliveryStatus.Failed => "bad",
        _ => "accent",
    };

    /// <summary>How an endpoint fares.</summary>
    public static (string Text, string Tone) Health(WebhookEndpoint endpoint) => endpoint switch
    {
        { IsEnabled: false, DisabledReason: "gone" } => ("off: it answered gone", "bad"),
        { IsEnabled: false } => ("off: it failed for five days", "bad"),
        { FailingSince: not null } => ("failing", "warn"),
        { LastSuccessAt: not null } => ("works", "good"),
        _ => ("not used yet", ""),
    };

    /// <summary>What it wants to hear of.</summary>
    public static string Events(WebhookEndpoint endpoint) => endpoint.EventTypes.Count == 0 ? "all events" : string.Join(", ", endpoint.EventTypes);

    /// <summary>What came of an attempt, as <c>200</c> or <c>no answer</c>.</summary>
    public static string Answer(WebhookAttempt attempt) =>
        attempt.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer";
}
