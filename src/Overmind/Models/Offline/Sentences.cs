using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>The sentences of a text, on one line each; a line break ends one as well.</summary>
static class Sentences
{
    /// <param name="longest">In characters; a longer one is cut.</param>
    public static List<string> Of(string text, int longest = 200)
    {
        var window = Words.Windowed(text);
        var sentences = new List<string>();
        var start = 0;
        foreach (var stop in Tokenizer.Split(window).Where(t => t.Kind is TokenKind.Stop))
        {
            // A full stop inside a word (v2.0, example.org, e.g.) ends nothing.
            var ends = window[stop.Start] is not '.' || stop.End == window.Length || char.IsWhiteSpace(window[stop.End]);
            if (!ends) continue;
            Add(window[start..stop.End]);
            start = stop.End;
        }

        Add(window[start..]);
        return sentences;

        void Add(string sentence)
        {
            var line = Words.OneLine(sentence, longest);
            if (line.Length > 0) sentences.Add(line);
        }
    }
}
