using Overmind.Jobs.Webhooks;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Jobs.Webhooks;

/// <summary>What one writes of a webhook endpoint, as it stands in the form.</summary>
public sealed class WebhookForm
{
    readonly HashSet<string> types = [];

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";

    public static WebhookForm Of(WebhookEndpoint endpoint)
    {
        var form = new WebhookForm { Url = endpoint.Url, Description = endpoint.Description ?? "" };
        form.types.UnionWith(endpoint.EventTypes);
        return form;
    }

    /// <summary>Whether it is told of these events; none chosen: all.</summary>
    public bool Has(string type) => types.Contains(type);

    /// <summary>An event is taken or left.</summary>
    public void Choose(string type)
    {
        if (!types.Remove(type)) types.Add(type);
    }

    public NewWebhookEndpoint ToNew() => new() { Url = Url.Trim(), Description = Text, EventTypes = Types };

    public WebhookEndpointPatch ToPatch() => new() { Url = Url.Trim(), Description = new(Text), EventTypes = Types };

    /// <summary>Where this form says something else than theirs.</summary>
    public IReadOnlyList<EditDifference> Against(WebhookForm theirs) => EditDifference.Of(
        theirs.Values().Zip(Values(), (their, mine) => (their.Name, their.Value, mine.Value)));

    string? Text => Description.Trim() is { Length: > 0 } text ? text : null;

    IReadOnlyList<string> Types => [.. types.Order(StringComparer.Ordinal)];

    (string Name, string? Value)[] Values() =>
        [("Address", Url.Trim()), ("What it is for", Text), ("Events", Types.Count == 0 ? "all events" : string.Join(", ", Types))];
}
