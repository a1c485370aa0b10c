using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class MemoriesConsolidateCommand
{
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would become one, and change nothing" };

    public static Command Create()
    {
        var command = ApiVerb.Create("consolidate", "Make one memory of those that say the same, and sum up what happened long ago: one's own, with an admin's key the organization's", DryRun);
        command.SetAction(async (parsed, stop) =>
        {
            var done = await InstanceApi.Connect(parsed).Memories.ConsolidateAsync(parsed.GetValue(DryRun), stop);
            var would = done.DryRun ? "would be " : "";
            Output.Write(
                parsed, done,
                $"{RunWords.Count(done.Merged, "memory", "memories")} {would}merged, {RunWords.Count(done.Summarized, "event", "events")} {would}summed up, {RunWords.Count(done.Abstracted, "event", "events")} {would}made facts; {done.TokensSaved} tokens saved");
            return 0;
        });
        return command;
    }
}
