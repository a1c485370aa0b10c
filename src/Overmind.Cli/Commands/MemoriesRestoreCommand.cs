using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;

namespace Overmind.Cli.Commands;

static class MemoriesRestoreCommand
{
    static readonly Option<int?> Version = new("--version-number") { Description = "The version that it is to say again; default: it is brought back as it was deleted", HelpName = "number" };

    public static Command Create()
    {
        var command = ApiVerb.Create("restore", "Bring back a deleted memory, or what one said", MemoryOptions.Memory, Version, MemoryOptions.Reason);
        command.SetAction(async (parsed, stop) =>
        {
            var (memories, id) = (InstanceApi.Connect(parsed).Memories, parsed.GetValue(MemoryOptions.Memory));
            var memory = parsed.GetValue(Version) is { } version
                ? await memories.RestoreVersionAsync(id, version, parsed.GetValue(MemoryOptions.Reason), stop)
                : await memories.RestoreAsync(id, stop);
            Output.Write(parsed, memory, MemoryTable.Beginning(memory.Content));
            return 0;
        });
        return command;
    }
}
