using System.Text.Encodings.Web;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Overmind.WebConsole.Text;

/// <summary>
/// Markdown as HTML that is safe to show: raw HTML is text, links go to http, https and mailto only, and an image is a link to it,
/// because the console asks no other host for anything. What a model writes is somebody else's text.
/// </summary>
public static class MarkdownHtml
{
    // Above these, a hostile text takes the parser seconds (unmatched brackets are quadratic: 100,000 characters of ![]( took 7 s).
    const int MaxLength = 100_000;
    const int MaxBrackets = 4_000;

    // No generic attributes: they would write any attribute, event handlers included.
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .UseTaskLists()
        .UseListExtras()
        .Build();

    /// <summary>The HTML of a text. Text that is too large or nested too deeply to be anybody's Markdown is shown as it stands.</summary>
    public static MarkupString Render(string markdown)
    {
        if (markdown.Length > MaxLength || markdown.AsSpan().Count('[') > MaxBrackets) return AsItStands(markdown);
        try
        {
            return new MarkupString(Html(markdown));
        }
        catch (ArgumentException)
        {
            return AsItStands(markdown);
        }
    }

    /// <summary>True for an absolute http, https or mailto address.</summary>
    public static bool IsSafe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    static MarkupString AsItStands(string text) => new($"<pre>{HtmlEncoder.Default.Encode(text)}</pre>");

    static string Html(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var headings = document.Descendants<HeadingBlock>().ToList();
        // The page's title is the only first one; below it, whatever the text begins with comes second.
        var shift = 2 - headings.Select(h => h.Level).DefaultIfEmpty(2).Min();
        foreach (var heading in headings)
            heading.Level = Math.Min(heading.Level + shift, 6);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Defuse(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
            if (!link.IsEmail && !IsSafe(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
            else Outward(link);
        return document.ToHtml(Pipeline);
    }

    static void Defuse(LinkInline link)
    {
        var wasImage = link.IsImage;
        link.IsImage = false;
        if (!IsSafe(link.Url))
        {
            link.ReplaceBy(new ContainerInline(), copyChildren: true);
            return;
        }

        if (wasImage && link.FirstChild is null) link.AppendChild(new LiteralInline(link.Url!));
        Outward(link);
    }

    static void Outward(MarkdownObject link)
    {
        var attributes = link.GetAttributes();
        attributes.AddProperty("target", "_blank");
        attributes.AddProperty("rel", "noopener noreferrer nofollow");
    }
}
