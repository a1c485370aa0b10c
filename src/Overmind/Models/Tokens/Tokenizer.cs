using System.Globalization;
using System.Text;

namespace Overmind.Models.Tokens;

/// <summary>
/// Splits a text into words and signs in one pass, in any script: a word is a run of letters, digits and marks with single connectors inside;
/// scripts written without spaces give a word for every two characters, each emoji is one. No word is longer than 32 characters.
/// </summary>
static class Tokenizer
{
    const int LongestWord = 32;

    public static IEnumerable<Token> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var rune = RuneAt(text, at, out var width);
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || IsJoiner(rune))
            {
                // A line is a sentence of its own: lists and code have no full stops.
                if (rune.Value == '\n') yield return new Token(at, 1, TokenKind.Stop);
                at += width;
                continue;
            }

            var token = new Token(at, width, KindOf(rune));
            if (token.Kind is TokenKind.Word) token = Word(text, at);
            yield return token;
            at = token.End;
        }
    }

    /// <summary>What the text counts in usage: its words, one more for each eight characters of a long one, and its signs.</summary>
    public static int Count(string text)
    {
        var count = 0;
        foreach (var token in Split(text)) count += 1 + ((token.Length - 1) / 8);
        return count;
    }

    static Token Word(string text, int start)
    {
        var first = RuneAt(text, start, out var end);
        end += start;
        if (IsSymbol(first)) return new Token(start, end - start, TokenKind.Word);
        var unspaced = IsUnspaced(first);
        while (end < text.Length && end - start < (unspaced ? 2 : LongestWord))
        {
            var next = RuneAt(text, end, out var width);
            if (IsLetter(next) && IsUnspaced(next) == unspaced) end += width;
            else if (!unspaced && IsConnector(text, end)) end++;
            else break;
        }

        return new Token(start, end - start, TokenKind.Word);
    }

    static TokenKind KindOf(Rune rune) => rune.Value switch
    {
        '.' or '!' or '?' or '。' or '！' or '？' or '…' => TokenKind.Stop,
        _ when IsLetter(rune) || IsSymbol(rune) => TokenKind.Word,
        '+' or '-' or '*' or '/' or '=' or '^' or '<' or '>' or '|' or '%' or '&' or '#' or '@' or '~' or '\\' => TokenKind.Sign,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol ? TokenKind.Sign : TokenKind.Break,
    };

    static bool IsLetter(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_' || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber;

    static bool IsSymbol(Rune rune) => rune.Value > 0x2000 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;

    /// <summary>Parts of an emoji that are none by themselves: joiners, variation selectors, skin tones.</summary>
    static bool IsJoiner(Rune rune) => rune.Value is 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF);

    /// <summary>Han, kana, Thai, Lao, Burmese, Khmer.</summary>
    static bool IsUnspaced(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    static bool IsConnector(string text, int at) =>
        at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && text[at] switch
        {
            '-' or '\'' or '’' => true,
            '.' or ',' => char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1]),
            _ => false,
        };

    static Rune RuneAt(string text, int at, out int width)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune)) rune = Rune.ReplacementChar;
        width = rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
        return rune;
    }
}
