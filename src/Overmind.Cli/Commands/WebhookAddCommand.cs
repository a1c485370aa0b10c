using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class WebhookAddCommand
{
    static readonly Argument<string> Address = new("address") { Description = "Where events are posted, https" };

    static readonly Option<string?> Events = new("--events") { Description = "Only these types of events; default: all", HelpName = "run.failed,job.failed" };

    static readonly Option<string?> Description = new("--description") { Description = "What it is for", HelpName = "text" };

    public static Command Create()
    {
        var command = ApiVerb.Create("add", "Make a webhook endpoint; its secret is shown this once", Address, Events, Description);
        command.SetAction(async (parsed, ct) =>
        {
            var made = await InstanceApi.Connect(parsed).Webhooks.CreateAsync(
                new NewWebhookEndpoint
                {
                    Url = parsed.GetValue(Address)!,
                    Description = parsed.GetValue(Description),
                    EventTypes = parsed.GetValue(Events)?.Split(',', StringSplitOptions.TrimEntries),
                }, ct);
            Output.Write(parsed, made, $"{made.WebhookEndpoint.Id}\n{made.Secret}");
            return 0;
        });
        return command;
    }
}
