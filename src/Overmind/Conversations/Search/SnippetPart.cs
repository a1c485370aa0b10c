namespace Overmind.Conversations.Search;

/// <summary>
/// A part of a snippet. Text as it was written, but for what looks like a tag of HTML, which is left out: whoever shows it in HTML escapes it, and marks what matched
/// by their own means.
/// </summary>
/// <param name="Match">Whether it is what was looked for.</param>
public sealed record SnippetPart(string Text, bool Match)
{
    const char Start = '\x02', Stop = '\x03';

    /// <summary>The parts of a text in which what matched stands between STX and ETX; the text itself has neither.</summary>
    internal static IReadOnlyList<SnippetPart> Read(string marked)
    {
        var parts = new List<SnippetPart>();
        var rest = marked.AsSpan();
        for (var match = false; !rest.IsEmpty; match = !match)
        {
            var end = rest.IndexOf(match ? Stop : Start);
            var part = end < 0 ? rest : rest[..end];
            if (!part.IsEmpty) parts.Add(new SnippetPart(part.ToString(), match));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return parts;
    }
}
