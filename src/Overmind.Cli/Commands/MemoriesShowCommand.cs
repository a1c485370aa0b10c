using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;

namespace Overmind.Cli.Commands;

static class MemoriesShowCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show a memory with where it comes from", MemoryOptions.Memory);
        command.SetAction(async (parsed, stop) =>
        {
            var memory = await InstanceApi.Connect(parsed).Memories.GetAsync(parsed.GetValue(MemoryOptions.Memory), stop);
            Output.Write(parsed, memory, Fields.Of(memory));
            return 0;
        });
        return command;
    }
}
