using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;

namespace Overmind.Cli.Commands;

static class MemoriesDeleteCommand
{
    static readonly Argument<Guid?> Memory = new("memory") { Description = "The id of one; none with --expected-count", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<int?> Expected = new("--expected-count") { Description = "Delete all that the options leave, if they are so many; else none", HelpName = "count" };

    public static Command Create()
    {
        var command = ApiVerb.Create("delete", "Forget a memory, or all that the options leave; restore brings one back until it is purged", [Memory, Expected, .. MemoryOptions.Filter]);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Memory) is null == (parsed.GetValue(Expected) is null))
                parsed.AddError("Name a memory, or say by --expected-count how many the options leave (overmind memories list shows them).");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var memories = InstanceApi.Connect(parsed).Memories;
            if (parsed.GetValue(Memory) is { } id)
            {
                await memories.DeleteAsync(id, null, stop);
                Output.Write(parsed, new { Id = id }, $"Forgot {id}");
                return 0;
            }

            var count = await memories.DeleteAsync(MemoryOptions.FilterOf(parsed), parsed.GetValue(Expected)!.Value, stop);
            Output.Write(parsed, new { Count = count }, $"Forgot {RunWords.Count(count, "memory", "memories")}");
            return 0;
        });
        return command;
    }
}
