using System.CommandLine;
using Overmind.Cli.Audit;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AuditExportCommand
{
    static readonly Option<string?> To = new("--to") { Description = "File to write; default: standard output", HelpName = "file" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "export", "Write all acts, the oldest first, a line of JSON each; needs an admin's key", To, AuditLogOptions.User, AuditLogOptions.Event,
            AuditLogOptions.Action, AuditLogOptions.ResourceType, AuditLogOptions.Resource, AuditLogOptions.Status, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var createdAt = new Client.TimeRange { From = parsed.GetValue(ListOptions.Since), Before = parsed.GetValue(ListOptions.Until) };
            await using var export = await InstanceApi.Connect(parsed).AuditLogs.ExportAsync(AuditLogOptions.Filter(parsed), createdAt, ct);
            await using var to = parsed.GetValue(To) is { } file ? OutputFile.Create(file) : Console.OpenStandardOutput();
            await export.CopyToAsync(to, ct);
            return 0;
        });
        return command;
    }
}
