using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>Cuts a text where a token limit ends it, and into pieces for a stream.</summary>
static class TokenLimit
{
    /// <summary>The text up to its last token within the limit, and whether anything is lost by that.</summary>
    public static (string Text, bool Cut) Cut(string text, int? most)
    {
        if (most is null) return (text, false);
        var count = 0;
        var end = 0;
        foreach (var token in Tokenizer.Split(text))
        {
            count += 1 + ((token.Length - 1) / 8);
            if (count > most) return (text[..end], true);
            end = token.End;
        }

        return (text, false);
    }

    /// <summary>Pieces of so many tokens each; together they are the text.</summary>
    public static IEnumerable<string> Pieces(string text, int tokens)
    {
        var start = 0;
        var count = 0;
        foreach (var token in Tokenizer.Split(text))
        {
            if (count == tokens)
            {
                yield return text[start..token.Start];
                start = token.Start;
                count = 0;
            }

            count++;
        }

        if (start < text.Length) yield return text[start..];
    }
}
