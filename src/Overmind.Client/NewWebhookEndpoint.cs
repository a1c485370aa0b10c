namespace Overmind.Client;

/// <summary>A webhook endpoint to be made.</summary>
public sealed record NewWebhookEndpoint
{
    /// <summary>Absolute, <c>https</c>.</summary>
    public required string Url { get; init; }

    public string? Description { get; init; }

    /// <summary>Only these types. Default: all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }
}
