using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ModerationListCommand
{
    const int LongestText = 60;

    static readonly Option<string?> Status = new("--status") { Description = "Only those that are pending, flagged or blocked", HelpName = "status" };

    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List messages for the review, the newest first, whosever they are", Status, ListOptions.Limit, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var messages = (await InstanceApi.Connect(parsed).Moderation.ListAsync(ListOptions.Page(parsed), parsed.GetValue(Status), ct)).Items;
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, messages);
            else if (messages.Count == 0) Console.Out.WriteLine("There is nothing to review.");
            else AnsiConsole.Write(TableOf(messages));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<ModeratedMessage> messages)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Message", "Status", "Role", "Found", "Text");
        foreach (var message in messages)
            table.AddRow(message.Id.ToString(), message.Status, message.Role, Markup.Escape(string.Join(", ", message.Flags.Select(flag => flag.Code))), Markup.Escape(Short(message.Content)));
        return table;
    }

    static string Short(string text)
    {
        var line = TerminalText.WithoutControls(text.ReplaceLineEndings(" "));
        return line.Length <= LongestText ? line : line[..LongestText] + "…";
    }
}
