using Overmind.Models.Tokens;

namespace Overmind.Models.Embeddings.Builtin;

/// <summary>
/// A word as the built-in embedder compares it: in lower case, without accents, whether composed or not. It folds by its own table, because
/// normalization needs libicu, which a machine may not have, and the same text must have the same vector everywhere.
/// </summary>
static class FoldedWord
{
    /// <summary>Longest word of <see cref="Tokenizer"/>: 32 characters, the last of which may be a pair.</summary>
    public const int Longest = 33;

    // U+00C0 to U+017F in order.
    const string Latin =
        "aaaaaaaceeeeiiiidnooooo×ouuuuytsaaaaaaaceeeeiiiidnooooo÷ouuuuyty"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>Writes the word and returns its length; 0 when nothing is left of it.</summary>
    /// <param name="folded">At least as long as the word.</param>
    public static int Write(ReadOnlySpan<char> word, Span<char> folded)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c is >= '\u0300' and <= '\u036F') continue;
            folded[length++] = c switch
            {
                < '\u0080' => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c,
                >= '\u00C0' and <= '\u017F' => Latin[c - '\u00C0'],
                '\u2018' or '\u2019' => '\'',
                _ => char.ToLowerInvariant(c),
            };
        }

        return length;
    }
}
