using System.Text.RegularExpressions;

namespace Overmind.WebConsole.Text;

/// <summary>A few lines of a text for a place that has room for no more.</summary>
public static partial class Excerpt
{
    const int Length = 320;

    /// <summary>Its start, without the marks of Markdown.</summary>
    public static string Start(string text) => Plain(text.Length > Length ? Whole(text[..Length]) + "…" : text);

    /// <summary>Its end: where a text that is being written grows.</summary>
    public static string End(string text) => Plain(text.Length > Length ? "…" + Whole(text[^Length..]) : text);

    // A pair of surrogates is not torn apart.
    static string Whole(string text) =>
        text[(char.IsLowSurrogate(text[0]) ? 1 : 0)..^(char.IsHighSurrogate(text[^1]) ? 1 : 0)];

    static string Plain(string text) => Marks().Replace(text, "");

    [GeneratedRegex(@"\*\*|__|`+|^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
