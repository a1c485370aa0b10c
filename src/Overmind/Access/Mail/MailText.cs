using System.Text.Encodings.Web;

namespace Overmind.Access.Mail;

/// <summary>What a mail says, as plain text and as HTML.</summary>
/// <param name="Paragraphs">Before the link.</param>
/// <param name="Action">What the link does; null: there is none.</param>
/// <param name="Footer">After it.</param>
sealed record MailText(string Subject, IReadOnlyList<string> Paragraphs, string? Action, string? Link, string Footer)
{
    public string Plain => string.Join("\n\n", [.. Paragraphs, .. Link is null ? [] : new[] { $"{Action}:\n{Link}" }, Footer]) + "\n";

    // Names come from people, so everything is encoded.
    public string Html
    {
        get
        {
            var paragraphs = string.Concat(Paragraphs.Select(text => $"<p>{Encode(text)}</p>\n"));
            var button = Link is null ? "" : $"""
                <p><a href="{Encode(Link)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#3f51b5;color:#ffffff;text-decoration:none">{Encode(Action!)}</a></p>
                <p style="color:#5f6368;font-size:13px">Or open this address: {Encode(Link)}</p>

                """;
            return $"""
                <!doctype html>
                <html lang="en"><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#202124;max-width:36em">
                {paragraphs}{button}<p style="color:#5f6368;font-size:13px">{Encode(Footer)}</p>
                </body></html>
                """;
        }
    }

    static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
