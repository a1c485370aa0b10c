using Overmind.Errors;

namespace Overmind.Jobs.Webhooks;

/// <summary>A webhook endpoint to be made.</summary>
public sealed record NewWebhookEndpoint
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Absolute, <c>https</c>; up to 2,000 characters.</summary>
    public required string Url { get; init; }

    /// <summary>Up to 255 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Only these types; default: all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    internal void Check(WebhookOptions options)
    {
        var checks = default(Checks);
        WebhookRules.Check(ref checks, Url, Description, EventTypes, options);
        checks.ThrowIfAny();
    }
}
