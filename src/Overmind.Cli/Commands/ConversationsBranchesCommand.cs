using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ConversationsBranchesCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("branches", "List the branches of a conversation; the trunk, 0, is not among them", ConversationArguments.Conversation);
        command.SetAction(async (parsed, stop) =>
        {
            var client = InstanceApi.Connect(parsed);
            var conversation = parsed.GetValue(ConversationArguments.Conversation);
            var branches = await EveryPage.OfAsync(page => client.Conversations.BranchesAsync(conversation, page, stop), "asc");
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, branches);
            else
                AnsiConsole.Write(TableOf(branches));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Branch> branches)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Branch", "Of", "After message", "Why", "Name", "Made");
        foreach (var branch in branches)
            table.AddRow(
                $"{branch.Number}{(branch.IsActive ? " (active)" : "")}", $"{branch.ParentNumber}", branch.ForkedAfterMessageId?.ToString() ?? "–", branch.Reason,
                Markup.Escape(branch.Name ?? "–"), branch.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'"));
        return table;
    }
}
