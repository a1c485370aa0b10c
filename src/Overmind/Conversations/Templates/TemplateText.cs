namespace Overmind.Conversations.Templates;

/// <summary>
/// A content cut into what stands and what a value takes the place of. There is nothing to it but <c>{{name}}</c>: no conditions, no loops, nothing within, so that
/// a template does what one sees.
/// </summary>
sealed record TemplateText(IReadOnlyList<TemplateText.Piece> Pieces, string? Fault)
{
    const int MaxNameLength = 64;

    public IEnumerable<string> Names => Pieces.Where(p => p.IsVariable).Select(p => p.Text);

    public static TemplateText Parse(string content)
    {
        List<Piece> pieces = [];
        var at = 0;
        while (content.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            if (open > at)
                pieces.Add(new Piece(content[at..open], false));
            var close = content.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
                return new TemplateText(pieces, $"What begins with {{{{ at character {open + 1} has no }}}}.");
            var name = content[(open + 2)..close].Trim();
            if (!IsName(name))
                return new TemplateText(
                    pieces, $"Between {{{{ and }}}} at character {open + 1} stands the name of one variable, as {{{{customer}}}}: no conditions, loops or braces within.");
            pieces.Add(new Piece(name, true));
            at = close + 2;
        }

        if (at < content.Length)
            pieces.Add(new Piece(content[at..], false));
        return new TemplateText(pieces, null);
    }

    /// <summary>1 to 64 letters of ASCII, digits and _, the first no digit.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= MaxNameLength && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public sealed record Piece(string Text, bool IsVariable);
}
