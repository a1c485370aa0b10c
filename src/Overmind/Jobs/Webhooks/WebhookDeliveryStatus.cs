using System.Text.Json.Serialization;

namespace Overmind.Jobs.Webhooks;

/// <summary>How far a delivery is.</summary>
[JsonConverter(typeof(LowerSnakeEnum<WebhookDeliveryStatus>))]
public enum WebhookDeliveryStatus
{
    /// <summary>An attempt is due, now or later.</summary>
    Pending,

    /// <summary>The endpoint took it.</summary>
    Succeeded,

    /// <summary>It was given up.</summary>
    Failed,
}
