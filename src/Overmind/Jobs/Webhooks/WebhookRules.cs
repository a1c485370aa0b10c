using System.Net;
using Overmind.Errors;

namespace Overmind.Jobs.Webhooks;

/// <summary>What an endpoint may be, when it is made and when it is changed; null is not checked.</summary>
static class WebhookRules
{
    public static void Check(ref Checks checks, string? url, string? description, IReadOnlyList<string>? eventTypes, WebhookOptions options)
    {
        checks.Text("url", url, 1, 2000);
        checks.Text("description", description, 0, 255);
        WebhookEvents.Check(ref checks, eventTypes ?? []);
        if (url is null) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            checks.Require(false, "url", "url is an absolute address as https://example.com/hooks.");
        else
            CheckAddress(ref checks, address, options);
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
