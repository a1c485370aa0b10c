using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class AttachmentsListCommand
{
    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Only of this conversation", HelpName = "id" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "list", "List attachments of the conversations that the key's member sees, and what they have uploaded, the newest first", Conversation, ListOptions.Limit, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var attachments = (await InstanceApi.Connect(parsed).Attachments.ListAsync(ListOptions.Page(parsed), parsed.GetValue(Conversation), ct)).Items;
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, attachments);
            else if (attachments.Count == 0) Console.Out.WriteLine("There are no attachments.");
            else AnsiConsole.Write(TableOf(attachments));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Attachment> attachments)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Attachment", "Name", "Type").AddColumn("Bytes", column => column.RightAligned()).AddColumns("Conversation", "Sent (UTC)");
        foreach (var attachment in attachments)
            table.AddRow(
                attachment.Id.ToString(), Markup.Escape(TerminalText.WithoutControls(attachment.Name)), Markup.Escape(attachment.MediaType),
                attachment.SizeBytes.ToString("N0", CultureInfo.InvariantCulture), attachment.ConversationId?.ToString() ?? "",
                attachment.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        return table;
    }
}
