using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a webhook endpoint; what is null stays as it is. The limits are those of <see cref="NewWebhookEndpoint"/>.</summary>
public sealed record WebhookEndpointChanges
{
    /// <summary>What is still to be sent goes there, too.</summary>
    public string? Url { get; init; }

    public string? Description { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>description</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="WebhookEndpoint.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
