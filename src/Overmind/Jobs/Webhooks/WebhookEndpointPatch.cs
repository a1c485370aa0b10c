using Overmind.Errors;

namespace Overmind.Jobs.Webhooks;

/// <summary>What is to change in a webhook endpoint; a member left null stays as it is. The limits are those of <see cref="NewWebhookEndpoint"/>.</summary>
public sealed record WebhookEndpointPatch
{
    /// <summary>What is still to be sent goes there, too.</summary>
    public string? Url { get; init; }

    /// <summary>To null: none.</summary>
    public Change<string?>? Description { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    internal void Check(WebhookOptions options)
    {
        var checks = default(Checks);
        WebhookRules.Check(ref checks, Url, Description?.Value, EventTypes, options);
        checks.ThrowIfAny();
    }
}
