using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Overmind.Conversations;
using Overmind.Conversations.Sharing;
using Overmind.WebConsole.Text;

namespace Overmind.Server.Conversations;

/// <summary>A shared conversation as a page to read, without a script. Answers are Markdown that is safe to show, as in the console; questions stand as they were written.</summary>
static class SharedPage
{
    const string Style = """
        :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
        body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: break-word; }
        h1 { font-size: 1.5rem; line-height: 1.3; }
        h2 { font-size: 0.875rem; margin: 0; }
        time, .about { color: color-mix(in srgb, currentcolor 70%, transparent); font-size: 0.875rem; }
        article { border-top: 1px solid color-mix(in srgb, currentcolor 20%, transparent); padding: 1rem 0; }
        .text { white-space: pre-wrap; }
        pre { overflow-x: auto; }
        """;

    public static string Write(SharedConversation shared)
    {
        var body = new StringBuilder($"<h1>{Text(shared.Title)}</h1>\n<p class=\"about\">Shared on {Time(shared.SharedAt)}. What was said later is not shown.</p>\n");
        if (shared.HasEarlier)
            body.Append("<p class=\"about\">There are earlier messages than these.</p>\n");
        foreach (var message in shared.Messages)
            body.Append(
                $"""
                <article>
                <h2>{(message.Role is MessageRole.User ? "Question" : "Answer")}</h2>
                {Time(message.CreatedAt)}
                {(message.Role is MessageRole.User ? $"<p class=\"text\">{Text(message.Content)}</p>" : MarkdownHtml.Render(message.Content).Value)}
                {Attached(message.Attachments)}</article>

                """);
        return Page(shared.Title, body.ToString());
    }

    public static string Nothing(string why) => Page("Nothing is shared here", $"<h1>Nothing is shared here</h1>\n<p>{Text(why)}</p>\n");

    static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <meta name="referrer" content="no-referrer">
        <title>{Text(title)}</title>
        <link rel="icon" href="data:,">
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        {body}</main>
        </body>
        </html>

        """;

    static string Attached(IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"<p class=\"about\">Attached: {string.Join(", ", names.Select(Text))}</p>\n";

    static string Time(DateTimeOffset time) =>
        $"<time datetime=\"{time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}\">{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</time>";

    static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
