using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>The verbs that change an endpoint or send something.</summary>
static class WebhookVerbs
{
    public static Command Rotate() => Verb("rotate", "Give an endpoint a new secret, shown this once; the old one signs beside it for 24 hours", "endpoint",
        async (webhooks, id, ct) =>
        {
            var rotated = await webhooks.RotateAsync(id, ct);
            return (rotated, rotated.Secret);
        });

    public static Command Enable() => Verb("enable", "Send to an endpoint again that was disabled", "endpoint", async (webhooks, id, ct) =>
    {
        var enabled = await webhooks.EnableAsync(id, ct);
        return (enabled, $"Enabled {enabled.Url}");
    });

    public static Command Test() => Verb("test", "Send an event of type webhook_endpoint.test to an endpoint", "endpoint", async (webhooks, id, ct) =>
    {
        var delivery = await webhooks.TestAsync(id, ct);
        return (delivery, delivery.Id.ToString());
    });

    public static Command Resend() => Verb("resend", "Send what a delivery sent once more", "delivery", async (webhooks, id, ct) =>
    {
        var delivery = await webhooks.ResendAsync(id, ct);
        return (delivery, delivery.Id.ToString());
    });

    public static Command Remove() => Verb("remove", "Delete an endpoint with its deliveries", "endpoint", async (webhooks, id, ct) =>
    {
        await webhooks.DeleteAsync(id, ct);
        return (new { Id = id, Deleted = true }, $"Removed {id}");
    });

    static Command Verb(
        string name, string description, string what, Func<WebhooksClient, Guid, CancellationToken, Task<(object Value, string Text)>> act)
    {
        var id = new Argument<Guid>(what) { Description = "Its id" };
        var command = ApiVerb.Create(name, description, id);
        command.SetAction(async (parsed, ct) =>
        {
            var (value, text) = await act(InstanceApi.Connect(parsed).Webhooks, parsed.GetValue(id), ct);
            Output.Write(parsed, value, text);
            return 0;
        });
        return command;
    }
}
