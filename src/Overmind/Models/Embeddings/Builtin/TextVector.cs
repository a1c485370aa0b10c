using Overmind.Models.Tokens;

namespace Overmind.Models.Embeddings.Builtin;

/// <summary>
/// The vector of a text: the sum of its words' meanings, joined with the sum of their spellings, of length 1.
/// Spellings are hashed: each word and its trigrams add ±1 at a place of their own. They count little for a known word and fully for an unknown one
/// (a name, a number, a code, another language), which so matches itself and what is spelt nearly like it.
/// </summary>
/// <param name="known">Weight of a known word's spelling beside its meaning.</param>
/// <param name="unknown">Weight of an unknown word's spelling.</param>
sealed class TextVector(WordTable table, float known = 0.35f, float unknown = 0.7f)
{
    /// <summary>Places for spellings.</summary>
    public const int Spellings = 156;

    // A sign (as in C# or a+b) says something, but less than a word.
    const float SignWeight = 0.3f;

    public int Dimensions => table.Dimensions + Spellings;

    /// <summary>Never zero, never NaN: a text without words or signs has the vector of the empty spelling.</summary>
    public float[] Of(string text)
    {
        var vector = new float[Dimensions];
        var meaning = vector.AsSpan(0, table.Dimensions);
        var spelling = vector.AsSpan(table.Dimensions);
        Span<float> scratch = stackalloc float[meaning.Length];
        Span<char> word = stackalloc char[FoldedWord.Longest + 2];
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind is TokenKind.Word) AddWord(text.AsSpan(token.Start, token.Length), meaning, spelling, scratch, word);
            else if (token.Kind is TokenKind.Sign) Add(spelling, FeatureHash.Of(text.AsSpan(token.Start, token.Length)), SignWeight);
        }

        Normalize(vector);
        return vector;
    }

    void AddWord(ReadOnlySpan<char> text, Span<float> meaning, Span<float> spelling, Span<float> scratch, Span<char> buffer)
    {
        var length = FoldedWord.Write(text, buffer[1..]);
        if (length > 2 && buffer[length] == 's' && buffer[length - 1] == '\'') length -= 2;
        if (length == 0) return;
        var word = buffer.Slice(1, length);
        var row = table.Find(FeatureHash.Of(word));
        if (row >= 0)
        {
            table.AddTo(meaning, row, scratch);
            AddSpelling(spelling, buffer[..(length + 2)], known * table.WeightOf(row));
            return;
        }

        AddParts(word, meaning, scratch);
        AddSpelling(spelling, buffer[..(length + 2)], unknown);
    }

    /// <summary>The meanings of a compound's parts (<c>cloud-native</c>, <c>l'amour</c>), where they are known.</summary>
    void AddParts(ReadOnlySpan<char> word, Span<float> meaning, Span<float> scratch)
    {
        if (word.IndexOfAny('-', '\'') < 0) return;
        foreach (var part in word.SplitAny('-', '\''))
            if (table.Find(FeatureHash.Of(word[part])) is >= 0 and var row) table.AddTo(meaning, row, scratch);
    }

    static void AddSpelling(Span<float> spelling, Span<char> padded, float weight)
    {
        padded[0] = '<';
        padded[^1] = '>';
        Add(spelling, FeatureHash.Of(padded), weight);
        var trigrams = padded.Length - 2;
        var share = weight / MathF.Sqrt(trigrams);
        for (var at = 0; at < trigrams; at++) Add(spelling, FeatureHash.Of(padded.Slice(at, 3)), share);
    }

    static void Add(Span<float> spelling, uint hash, float weight) =>
        spelling[(int)(((ulong)(hash >> 1) * Spellings) >> 31)] += (hash & 1) == 0 ? weight : -weight;

    static void Normalize(Span<float> vector)
    {
        // One after the other: a vectorized sum differs between processors in its last bits.
        var squares = 0.0;
        foreach (var value in vector) squares += (double)value * value;
        if (squares < 1e-12)
        {
            vector.Clear();
            Add(vector[^Spellings..], FeatureHash.Of([]), 1);
            return;
        }

        var factor = (float)(1 / Math.Sqrt(squares));
        for (var at = 0; at < vector.Length; at++) vector[at] *= factor;
    }
}
