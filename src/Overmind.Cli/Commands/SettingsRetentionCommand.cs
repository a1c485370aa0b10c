using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class SettingsRetentionCommand
{
    static readonly Argument<int> Days = new("days") { Description = "Days without activity, 1 to 36500" };

    public static Command Create()
    {
        var command = new Command("retention", "Say how many conversations a data_retention_days would delete now; nothing is changed") { Days, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var preview = await InstanceApi.Connect(parsed).Settings.PreviewRetentionAsync(parsed.GetValue(Days), stop);
            Output.Write(
                parsed, preview,
                $"{RunWords.Count(preview.ConversationCount, "conversation")} without activity for {RunWords.Count(preview.DataRetentionDays, "day")} would be deleted, with all that is in {(preview.ConversationCount == 1 ? "it" : "them")}");
            return 0;
        });
        return command;
    }
}
