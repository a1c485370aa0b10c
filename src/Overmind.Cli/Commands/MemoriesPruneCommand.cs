using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class MemoriesPruneCommand
{
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be forgotten, and forget nothing" };

    public static Command Create()
    {
        var command = ApiVerb.Create("prune", "Forget now what the organization's policy gives up: one's own, with an admin's key the organization's", DryRun);
        command.SetAction(async (parsed, stop) =>
        {
            var pruning = await InstanceApi.Connect(parsed).Memories.PruneAsync(parsed.GetValue(DryRun), stop);
            var memories = RunWords.Count(pruning.Count, "memory", "memories");
            Output.Write(parsed, pruning, pruning.DryRun ? $"{memories} would be forgotten" : $"Forgot {memories}; restore brings one back until it is purged");
            if (!Output.IsJson(parsed) && pruning.Memories.Count > 0)
                AnsiConsole.Write(MemoryTable.Of(pruning.Memories));
            return 0;
        });
        return command;
    }
}
