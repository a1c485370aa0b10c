using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class WebhookDeliveriesCommand
{
    static readonly Option<Guid?> Endpoint = new("--endpoint") { Description = "Only those to this endpoint; default: to all", HelpName = "id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("deliveries", "List what was sent, newest first, with the last attempt of each", Endpoint, ListOptions.Since, ListOptions.Until, ListOptions.Limit);
        command.SetAction(async (parsed, ct) =>
        {
            var page = ListOptions.Page(parsed);
            var deliveries = (await InstanceApi.Connect(parsed).Webhooks.ListDeliveriesAsync(page, parsed.GetValue(Endpoint), ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, deliveries);
            else
                AnsiConsole.Write(TableOf(deliveries));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<WebhookDelivery> deliveries)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Delivery", "Event", "Status", "Attempts", "Last", "Next");
        foreach (var delivery in deliveries)
            table.AddRow(
                delivery.Id.ToString(), delivery.EventType, delivery.Status, delivery.AttemptCount.ToString(),
                delivery.Attempts is [.., var last] ? Markup.Escape($"{last.Error ?? last.Status.ToString()} ({last.LatencyMs} ms)") : "",
                delivery.NextAttemptAt?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "");
        return table;
    }
}
