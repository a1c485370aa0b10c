using System.Security.Cryptography;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Models.Offline;
using Overmind.Models.Tokens;

namespace Overmind.WordVectors;

/// <summary>Reduces the package to the table that ships with the library (its format stands at <see cref="WordTable"/>).</summary>
sealed record TableBuilder
{
    /// <summary>Some of them are punctuation and fall out.</summary>
    public const int WordsToRead = 110_000;

    // The package has no "a", no "i" and no contractions, and function words of other languages are names to it.
    const int RankOfFunctionWords = 20;

    static readonly string[] Contractions =
    [
        .. """
        a i s t u e n we're they're he's she's we've they've you'd he'd she'd we'd they'd you'll he'll she'll we'll they'll it'll i'm i'd i'll i've
        wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't needn't ain't who's where's how's that'll there'll
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>112 bytes a word keep the table under 10 MB.</summary>
    public int Words { get; init; } = 85_000;

    /// <summary>Directions common to all texts that are taken out; null to leave their mean in as well.</summary>
    public int? Components { get; init; } = 1;

    /// <summary>How much of what is common is taken out, 0 to 1.</summary>
    public double Part { get; init; } = 0.2;

    /// <summary>A word of this share of all words weighs half.</summary>
    public double HalfWeight { get; init; } = 5e-4;

    public byte[] Build(PackageVectors package)
    {
        var words = Choose(package);
        if (Components is { } components)
            CommonComponents.Remove([.. words.Select(w => w.Vector)], [.. words.Select(w => w.Share * Weight(w) * Weight(w))], components, Part);
        Scale(words);
        AddFunctionWords(words, package.Words.Count);
        return Write(words);
    }

    /// <summary>The commonest words that a text can hold as one; of those that fold to the same the commonest.</summary>
    List<Word> Choose(PackageVectors package)
    {
        var chosen = new List<Word>();
        var seen = new HashSet<uint>();
        for (var rank = 0; rank < package.Words.Count && chosen.Count < Words; rank++)
        {
            var word = package.Words[rank];
            if (Tokenizer.Split(word).Take(2).ToList() is not [{ Kind: TokenKind.Word } only] || only.Length != word.Length) continue;
            if (seen.Add(Hash(word))) chosen.Add(new Word(Hash(word), Share(rank, package.Words.Count), [.. package.Vectors[rank]]));
        }

        return chosen;
    }

    /// <summary>With no meaning of their own, so that they weigh as what they are and not as names.</summary>
    static void AddFunctionWords(List<Word> words, int all)
    {
        var seen = words.Select(word => word.Hash).ToHashSet();
        foreach (var word in Contractions.Concat(StopWords.Words))
            if (seen.Add(Hash(word))) words.Add(new Word(Hash(word), Share(RankOfFunctionWords, all), new float[PackageVectors.Dimensions]));
    }

    static uint Hash(string word)
    {
        Span<char> folded = stackalloc char[word.Length];
        return FeatureHash.Of(folded[..FoldedWord.Write(word, folded)]);
    }

    /// <summary>A word's share of all running words, by Zipf's law as Mandelbrot has it.</summary>
    static double Share(int rank, int all) => 1 / (rank + 2.7) / (Math.Log(all) + 0.1);

    double Weight(Word word) => HalfWeight / (HalfWeight + word.Share);

    /// <summary>To a mean length of 1, so that meanings and spellings have one measure.</summary>
    static void Scale(List<Word> words)
    {
        var mean = words.Average(w => Math.Sqrt(w.Vector.Sum(x => (double)x * x)));
        foreach (var word in words)
            for (var d = 0; d < word.Vector.Length; d++) word.Vector[d] /= (float)mean;
    }

    byte[] Write(List<Word> words)
    {
        var rows = words.SelectMany(word => Row(word.Vector)).ToArray();
        using var table = new MemoryStream();
        using var writer = new BinaryWriter(table);
        writer.Write(WordTable.Magic);
        writer.Write(SHA256.HashData(rows), 0, 4);
        writer.Write(words.Count);
        writer.Write(PackageVectors.Dimensions);
        foreach (var word in words) writer.Write(word.Hash);
        foreach (var word in words) writer.Write((float)(Weight(word) * Largest(word.Vector) / sbyte.MaxValue));
        foreach (var word in words) writer.Write((float)Weight(word));
        writer.Write(rows);
        writer.Flush();
        return table.ToArray();
    }

    static IEnumerable<byte> Row(float[] vector)
    {
        var largest = Math.Max(Largest(vector), float.Epsilon);
        return vector.Select(x => (byte)(sbyte)MathF.Round(x / largest * sbyte.MaxValue));
    }

    static float Largest(float[] vector) => vector.Max(MathF.Abs);

    sealed record Word(uint Hash, double Share, float[] Vector);
}
