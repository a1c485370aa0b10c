using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class SearchCommand
{
    static readonly Argument<string> Words = new("query") { Description = "A question, or words; \"a phrase\"; or between two; - before what is not to be there" };

    static readonly Option<string?> Mode = new("--mode") { Description = "hybrid, text or semantic; text where there are phrases, or, or -", HelpName = "mode" };

    static readonly Option<bool> Titles = new("--titles") { Description = "Search the titles of conversations instead of messages" };

    static readonly Option<string?> Role = new("--role") { Description = "Only messages of this role: user, assistant, system or tool", HelpName = "role" };

    static readonly Option<string?> Tag = new("--tag") { Description = "Only in conversations with this tag", HelpName = "tag" };

    static readonly Option<string?> Folder = new("--folder") { Description = "Only in conversations of this folder", HelpName = "folder" };

    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Only messages of this conversation", HelpName = "id" };

    static readonly Option<int> Limit = new("--limit") { Description = "How many, the most relevant first, 1 to 100", DefaultValueFactory = _ => 20, HelpName = "count" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "search", "Search messages, or the titles of conversations, within what the key may see", Words, Mode, Titles, Role, Tag, Folder, Conversation, Limit, ListOptions.Since,
            ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var found = await InstanceApi.Connect(parsed).Conversations.SearchAsync(
                new SearchQuery
                {
                    Text = parsed.GetRequiredValue(Words),
                    Mode = parsed.GetValue(Mode),
                    Type = parsed.GetValue(Titles) ? "conversations" : null,
                    Role = parsed.GetValue(Role),
                    Tag = parsed.GetValue(Tag),
                    Folder = parsed.GetValue(Folder),
                    ConversationId = parsed.GetValue(Conversation),
                    Limit = parsed.GetValue(Limit),
                    CreatedAt = new Client.TimeRange { From = parsed.GetValue(ListOptions.Since), Before = parsed.GetValue(ListOptions.Until) },
                },
                ct);
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, found.Items);
            else if (found.Items.Count == 0) Console.Out.WriteLine("Nothing was found.");
            else Write(found);
            return 0;
        });
        return command;
    }

    static void Write(SearchResults found)
    {
        foreach (var item in found.Items)
        {
            AnsiConsole.MarkupLine(
                $"[bold]{Text(item.ConversationTitle)}[/]  {item.Role ?? "title"}  {item.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {item.ConversationId}");
            if (item.Type == "message")
                AnsiConsole.MarkupLine("  " + string.Concat(item.Snippet.Select(part => part.Match ? $"[underline]{Text(part.Text)}[/]" : Text(part.Text))));
        }

        if (found.Vector == "unavailable") Console.Out.WriteLine("The embedder could not be asked: only words were looked for.");
        if (found is { IsComplete: false, Mode: "text" }) Console.Out.WriteLine("More matches than these were put in order: the newest 1,000 were. A narrower search finds the others.");
    }

    static string Text(string text) => Markup.Escape(TerminalText.WithoutControls(text.ReplaceLineEndings(" ")));
}
