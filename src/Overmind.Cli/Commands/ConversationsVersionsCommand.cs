using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ConversationsVersionsCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("versions", "List what a message says and said", ConversationArguments.Conversation, ConversationArguments.Message);
        command.SetAction(async (parsed, stop) =>
        {
            var client = InstanceApi.Connect(parsed);
            var (conversation, message) = (parsed.GetValue(ConversationArguments.Conversation), parsed.GetValue(ConversationArguments.Message));
            var versions = await EveryPage.OfAsync(page => client.Messages.VersionsAsync(conversation, message, page, stop), "asc");
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, versions);
            else
                AnsiConsole.Write(TableOf(versions));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<MessageVersion> versions)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Version", "Written", "Why", "Text");
        foreach (var version in versions)
            table.AddRow(
                $"{version.VersionNumber}{(version.IsCurrent ? " (current)" : "")}", version.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'"),
                Markup.Escape(version.ChangeReason ?? "–"), Markup.Escape(version.Content));
        return table;
    }
}
