using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class CacheEntriesCommand
{
    const int LongestText = 60;

    static readonly Option<string?> Model = new("--model") { Description = "Only of this model, as openai/gpt-4-turbo", HelpName = "provider/model" };

    static readonly Option<string?> Tag = new("--tag") { Description = "Only with this tag", HelpName = "tag" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "entries", "List answers that may be given again, the newest first: an admin's key lists the organization's, a member's those of their own calls", Model, Tag,
            ListOptions.Limit, ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var page = await InstanceApi.Connect(parsed).Cache.ListAsync(
                ListOptions.Page(parsed), new CacheFilter { Model = parsed.GetValue(Model), Tag = parsed.GetValue(Tag) }, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, page.Items);
            else if (page.Items.Count == 0)
                Console.Out.WriteLine("There is none. The setting response_cache, or the header x-overmind-cache, lets answers be kept.");
            else
                AnsiConsole.Write(TableOf(page.Items));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<CacheEntry> entries)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Id", "Model", "Answer", "Tags").AddColumn("Hits", c => c.RightAligned()).AddColumn("Expires (UTC)");
        foreach (var entry in entries)
            table.AddRow(
                entry.Id.ToString(), Markup.Escape(entry.Provider is null ? entry.Model : $"{entry.Provider}/{entry.Model}"), Markup.Escape(Short(entry.Question ?? entry.ResponseContent)),
                Markup.Escape(string.Join(", ", entry.Tags)), entry.HitCount.ToString(CultureInfo.InvariantCulture),
                entry.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        return table;
    }

    static string Short(string text)
    {
        var line = TerminalText.WithoutControls(text.ReplaceLineEndings(" "));
        return line.Length <= LongestText ? line : line[..LongestText] + "…";
    }
}
