using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConversationsExportCommand
{
    static readonly Option<string?> To = new("--to") { Description = "File to write; default: standard output", HelpName = "file" };

    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Only this one", HelpName = "id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("export", "Write all conversations that the key's member sees, as lines of JSON from which nothing is missing", To, Conversation);
        command.SetAction(async (parsed, ct) =>
        {
            await using var export = await InstanceApi.Connect(parsed).Conversations.ExportAsync(parsed.GetValue(Conversation), ct);
            await using var to = parsed.GetValue(To) is { } file ? OutputFile.Create(file) : Console.OpenStandardOutput();
            await export.CopyToAsync(to, ct);
            return 0;
        });
        return command;
    }
}
