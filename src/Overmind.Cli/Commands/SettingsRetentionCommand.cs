using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class SettingsRetentionCommand
{
    static readonly Argument<int> Days = new("days") { Description = "Days without activity, 1 to 36500; with --audit the age in days, from 30" };

    static readonly Option<bool> Audit = new("--audit") { Description = "How many acts in the audit log an audit_retention_days would delete" };

    public static Command Create()
    {
        var command = new Command("retention", "Say how many conversations a data_retention_days would delete now; nothing is changed") { Days, Audit, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var settings = InstanceApi.Connect(parsed).Settings;
            if (parsed.GetValue(Audit))
            {
                var acts = await settings.PreviewAuditRetentionAsync(parsed.GetValue(Days), stop);
                Output.Write(parsed, acts, $"{RunWords.Count(acts.AuditLogCount, "act")} older than {RunWords.Count(acts.AuditRetentionDays, "day")} would be deleted; the hashes stay, so that the log still verifies");
                return 0;
            }

            var preview = await settings.PreviewRetentionAsync(parsed.GetValue(Days), stop);
            Output.Write(
                parsed, preview,
                $"{RunWords.Count(preview.ConversationCount, "conversation")} without activity for {RunWords.Count(preview.DataRetentionDays, "day")} would be deleted, with all that is in {(preview.ConversationCount == 1 ? "it" : "them")}");
            return 0;
        });
        return command;
    }
}
