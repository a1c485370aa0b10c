using System.Net;
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
        checks.Text("url", Url, 1, 2000);
        checks.Text("description", Description, 0, 255);
        WebhookEvents.Check(ref checks, EventTypes);
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            checks.Require(false, "url", "url is an absolute address as https://example.com/hooks.");
        else
            CheckAddress(ref checks, url, options);
        checks.ThrowIfAny();
    }

    static void CheckAddress(ref Checks checks, Uri url, WebhookOptions options)
    {
        checks.Require(url.UserInfo.Length == 0, "url", "url holds no user and password: what is sent is signed.");
        checks.Require(
            url.Scheme == "https" || (url.IsLoopback && options.AllowsLoopback), "url",
            "url is https; http goes to this machine alone, where the server's settings allow it.");
        // A name is looked up when it is used, each time; an address can be told now.
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address))
            checks.Require(options.Allows(address), "url", $"{address} is private, or of this machine: webhooks do not go there.");
        else
            checks.Require(!url.IsLoopback || options.AllowsLoopback, "url", "webhooks do not go to this machine.");
    }
}
