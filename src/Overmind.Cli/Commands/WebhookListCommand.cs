using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class WebhookListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the organization's webhook endpoints, at most 100");
        command.SetAction(async (parsed, ct) =>
        {
            var endpoints = (await InstanceApi.Connect(parsed).Webhooks.ListAsync(new Client.PageRequest { Limit = 100 }, ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, endpoints);
            else
                AnsiConsole.Write(TableOf(endpoints));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Endpoint", "URL", "Events", "State", "Last success");
        foreach (var endpoint in endpoints)
            table.AddRow(
                endpoint.Id.ToString(), Markup.Escape(endpoint.Url), endpoint.EventTypes.Count == 0 ? "all" : string.Join(' ', endpoint.EventTypes),
                !endpoint.IsEnabled ? $"disabled ({endpoint.DisabledReason})" : endpoint.FailingSince is null ? "enabled" : "failing",
                endpoint.LastSuccessAt?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "never");
        return table;
    }
}
