using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class WebhookEditCommand
{
    static readonly Argument<Guid> Id = new("endpoint") { Description = "Its id" };

    static readonly Option<string?> Address = new("--address") { Description = "Where events are posted, https", HelpName = "url" };

    static readonly Option<string?> Events = new("--events") { Description = "Only these types of events; all for all", HelpName = "run.failed,job.failed" };

    static readonly Option<string?> Description = new("--description") { Description = "What it is for; empty takes it away", HelpName = "text" };

    public static Command Create()
    {
        var command = ApiVerb.Create("edit", "Change what the options name of an endpoint; its secret stays", Id, Address, Events, Description);
        command.SetAction(async (parsed, ct) =>
        {
            var webhooks = InstanceApi.Connect(parsed).Webhooks;
            var endpoint = await webhooks.GetAsync(parsed.GetValue(Id), ct);
            var description = parsed.GetValue(Description);
            var changed = await webhooks.UpdateAsync(
                endpoint.Id,
                new WebhookEndpointChanges
                {
                    Url = parsed.GetValue(Address),
                    EventTypes = parsed.GetValue(Events) is { } events ? events == "all" ? [] : events.Split(',', StringSplitOptions.TrimEntries) : null,
                    Description = description is "" ? null : description,
                    Clear = description is "" ? ["description"] : [],
                    UnchangedSince = endpoint.UpdatedAt,
                }, ct);
            Output.Write(parsed, changed, $"Changed {changed.Url}");
            return 0;
        });
        return command;
    }
}
