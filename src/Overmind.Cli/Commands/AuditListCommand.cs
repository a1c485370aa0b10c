using System.CommandLine;
using Overmind.Cli.Audit;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class AuditListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create(
            "list", "List what was done and tried in the organization; needs an admin's key", AuditLogOptions.User, AuditLogOptions.Event, AuditLogOptions.Action,
            AuditLogOptions.ResourceType, AuditLogOptions.Resource, AuditLogOptions.Status, ListOptions.Since, ListOptions.Until, ListOptions.Limit);
        command.SetAction(async (parsed, ct) =>
        {
            var logs = (await InstanceApi.Connect(parsed).AuditLogs.ListAsync(ListOptions.Page(parsed), AuditLogOptions.Filter(parsed), ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, logs);
            else
                AnsiConsole.Write(AuditLogTable.Of(logs));
            return 0;
        });
        return command;
    }
}
