using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ShareListCommand
{
    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Only of this conversation", HelpName = "id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List shares, the newest first: an admin's key lists the organization's, a member's their own", Conversation, ListOptions.Limit, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var shares = (await InstanceApi.Connect(parsed).Shares.ListAsync(ListOptions.Page(parsed), parsed.GetValue(Conversation), ct)).Items;
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, shares);
            else if (shares.Count == 0) Console.Out.WriteLine("Nothing is shared.");
            else AnsiConsole.Write(TableOf(shares));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Share> shares)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Share", "Title", "Status", "Shared (UTC)", "Expires (UTC)").AddColumn("Views", column => column.RightAligned());
        foreach (var share in shares)
            table.AddRow(
                share.Id.ToString(), Markup.Escape(TerminalText.WithoutControls(share.Title)), share.Status, Time(share.CreatedAt), share.ExpiresAt is { } expires ? Time(expires) : "",
                share.ViewCount.ToString(CultureInfo.InvariantCulture));
        return table;
    }

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
