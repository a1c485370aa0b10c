using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class MemoriesEditCommand
{
    static readonly Option<string?> Content = new("--content") { Description = "New words; the shape follows", HelpName = "text" };

    static readonly Option<string?> Visibility = new("--visibility") { Description = "private or organization", HelpName = "visibility" };

    public static Command Create()
    {
        Visibility.AcceptOnlyFromAmong("private", "organization");
        var command = ApiVerb.Create(
            "edit", "Correct a memory; what it said before is kept", MemoryOptions.Memory, Content, MemoryOptions.Parts, MemoryOptions.Datastore, MemoryOptions.Category, MemoryOptions.Tags,
            MemoryOptions.Importance, Visibility, MemoryOptions.Expires, MemoryOptions.Reason);
        command.SetAction(async (parsed, stop) =>
        {
            var tags = parsed.GetValue(MemoryOptions.Tags);
            var memory = await InstanceApi.Connect(parsed).Memories.UpdateAsync(
                parsed.GetValue(MemoryOptions.Memory),
                new MemoryChanges
                {
                    Content = parsed.GetValue(Content),
                    ContentParts = MemoryOptions.PartsOf(parsed),
                    DatastoreId = parsed.GetValue(MemoryOptions.Datastore),
                    Category = parsed.GetValue(MemoryOptions.Category),
                    Tags = tags is { Length: > 0 } ? tags : null,
                    Importance = parsed.GetValue(MemoryOptions.Importance),
                    Visibility = parsed.GetValue(Visibility),
                    ExpiresAt = parsed.GetValue(MemoryOptions.Expires),
                    ChangeReason = parsed.GetValue(MemoryOptions.Reason),
                },
                stop);
            Output.Write(parsed, memory, $"Version {memory.VersionNumber}: {MemoryTable.Beginning(memory.Content)}");
            return 0;
        });
        return command;
    }
}
