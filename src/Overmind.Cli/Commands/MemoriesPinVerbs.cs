using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;

namespace Overmind.Cli.Commands;

static class MemoriesPinVerbs
{
    public static Command Pin() => Create("pin", "Keep a memory as fresh as on its first day, whatever is pruned", true);

    public static Command Unpin() => Create("unpin", "Let a memory fade again", false);

    static Command Create(string name, string description, bool pinned)
    {
        var command = ApiVerb.Create(name, description, MemoryOptions.Memory);
        command.SetAction(async (parsed, stop) =>
        {
            var memory = await InstanceApi.Connect(parsed).Memories.UpdateAsync(parsed.GetValue(MemoryOptions.Memory), new() { Pinned = pinned }, stop);
            Output.Write(parsed, memory, $"{memory.Id} is {(pinned ? "pinned" : "not pinned")}");
            return 0;
        });
        return command;
    }
}
