namespace Overmind.Models;

/// <summary>Reads the sections that <see cref="PromptSections"/> writes. A section that is missing or has no end is absent.</summary>
static class PromptSectionReader
{
    /// <summary>The text of the first section of that name, unescaped; null when there is none.</summary>
    public static string? Section(string prompt, string name) => Sections(prompt, name).Select(s => s.Text).FirstOrDefault();

    /// <summary>All sections of that name in order, with whose text each is (empty when it does not say).</summary>
    public static IEnumerable<(string By, string Text)> Sections(string prompt, string name)
    {
        foreach (var (by, start, length) in Find(prompt, name)) yield return (by, PromptSections.Unescape(prompt.Substring(start, length)));
    }

    /// <summary>The sections inside the first section of another name.</summary>
    public static IEnumerable<(string By, string Text)> Sections(string prompt, string outer, string name)
    {
        // Not unescaped before it is taken apart: an escaped tag in an inner text would come alive.
        foreach (var (_, start, length) in Find(prompt, outer).Take(1))
            foreach (var section in Sections(prompt.Substring(start, length), name)) yield return section;
    }

    static IEnumerable<(string By, int Start, int Length)> Find(string prompt, string name)
    {
        var open = $"<{name}";
        var close = $"\n</{name}>";
        for (var at = prompt.IndexOf(open, StringComparison.Ordinal); at >= 0; at = prompt.IndexOf(open, at, StringComparison.Ordinal))
        {
            var tagStart = at;
            at += open.Length;
            if (tagStart > 0 && prompt[tagStart - 1] != '\n') continue;
            var tagEnd = prompt.IndexOf(">\n", at, StringComparison.Ordinal);
            if (tagEnd < 0) yield break;
            var attribute = prompt[at..tagEnd];
            if (attribute.Length > 0 && !attribute.StartsWith(" by=\"", StringComparison.Ordinal)) continue;
            // The line break of the opening tag is also that of the closing one when the section is empty.
            var end = prompt.IndexOf(close, tagEnd + 1, StringComparison.Ordinal);
            if (end < 0) yield break;
            var start = Math.Min(tagEnd + 2, end);
            yield return (By(attribute), start, end - start);
            at = end + close.Length;
        }
    }

    static string By(string attribute) =>
        attribute.Length < 6 ? "" : attribute[5..^1].Replace("&lt;", "<").Replace("&quot;", "\"").Replace("&amp;", "&");
}
