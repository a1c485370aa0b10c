using System.Text;
using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>Words as they are compared and shown.</summary>
static class Words
{
    /// <summary>Texts are read up to here; of a longer one the beginning and the end, where questions usually ask.</summary>
    const int Window = 48_000;
    const int Ending = 8_000;

    public static string Windowed(string text) =>
        text.Length <= Window ? text : string.Concat(text.AsSpan(0, Window - Ending), "\n", text.AsSpan(text.Length - Ending));

    /// <summary>How a word is compared: in lower case, without a plural or genitive s.</summary>
    public static string Key(ReadOnlySpan<char> word)
    {
        var key = word.ToString().ToLowerInvariant().Replace('’', '\'');
        if (key.EndsWith("'s", StringComparison.Ordinal)) key = key[..^2];
        if (key.Length > 4 && key.EndsWith("ies", StringComparison.Ordinal)) return $"{key[..^3]}y";
        return key.Length > 3 && key[^1] == 's' && key[^2] != 's' ? key[..^1] : key;
    }

    /// <summary>True for a word that carries matter.</summary>
    public static bool IsContent(ReadOnlySpan<char> word) => !StopWords.Contains(word.ToString().ToLowerInvariant().Replace('’', '\''));

    /// <summary>The keys of all words, in order, with repetitions.</summary>
    public static List<string> Keys(string text)
    {
        var window = Windowed(text);
        return [.. Tokenizer.Split(window).Where(t => t.Kind is TokenKind.Word).Select(t => Key(window.AsSpan(t.Start, t.Length)))];
    }

    /// <summary>The keys of the words that carry matter, in order, with repetitions.</summary>
    public static List<string> ContentKeys(string text)
    {
        var window = Windowed(text);
        return
        [
            .. Tokenizer.Split(window)
                .Where(t => t.Kind is TokenKind.Word && IsContent(window.AsSpan(t.Start, t.Length)))
                .Select(t => Key(window.AsSpan(t.Start, t.Length))),
        ];
    }

    /// <summary>On one line, without control characters and halves of characters, cut at a word with an ellipsis when longer.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, 256));
        foreach (var rune in text.EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (blank && (line.Length == 0 || line[^1] == ' ')) continue;
            if (line.Length >= longest) return Shortened(line.ToString());
            if (blank) line.Append(' ');
            else line.Append(rune);
        }

        return line.ToString().TrimEnd();
    }

    static string Shortened(string line)
    {
        var blank = line.LastIndexOf(' ');
        return (blank > line.Length / 2 ? line[..blank] : line).TrimEnd(' ', ',', ';', ':') + "…";
    }
}
