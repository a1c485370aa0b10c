using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Overmind.Models.Embeddings.Onnx;

/// <summary>WordPiece as BERT uses it, from <c>vocab.txt</c> or from a <c>tokenizer.json</c> of that type.</summary>
sealed class OnnxTokenizer
{
    // No word piece is longer, so that a book is not tokenized for its first page.
    const int CharactersPerToken = 32;

    readonly BertTokenizer _tokenizer;
    readonly int _most;

    OnnxTokenizer(BertTokenizer tokenizer, int most) => (_tokenizer, _most) = (tokenizer, most);

    public long Padding => _tokenizer.PaddingTokenId;

    /// <exception cref="EmbeddingException">The vocabulary is none of BERT's.</exception>
    public static OnnxTokenizer Read(OnnxModelFolder folder)
    {
        try
        {
            using Stream vocabulary = folder.Vocabulary.EndsWith(".json", StringComparison.Ordinal) ? FromJson(folder.Vocabulary) : File.OpenRead(folder.Vocabulary);
            return new OnnxTokenizer(BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = folder.LowerCase }), folder.Tokens);
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or KeyNotFoundException or JsonException or InvalidDataException)
        {
            throw new EmbeddingException($"{folder.Vocabulary} is no vocabulary of BERT's kind (WordPiece): {wrong.Message}", "use a model of the BERT family, as all-MiniLM-L6-v2 or bge-small-en", wrong);
        }
    }

    /// <summary>[CLS], the text's tokens as far as they fit, [SEP].</summary>
    public IReadOnlyList<int> Ids(string text)
    {
        var beginning = text.Length > _most * CharactersPerToken ? text[..(_most * CharactersPerToken)] : text;
        var ids = _tokenizer.EncodeToIds(beginning, addSpecialTokens: false);
        return [_tokenizer.ClassificationTokenId, .. ids.Take(_most - 2), _tokenizer.SeparatorTokenId];
    }

    static MemoryStream FromJson(string file)
    {
        var model = JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("model");
        if (model.GetProperty("type").GetString() is not "WordPiece" and var type) throw new InvalidDataException($"its type is {type}");
        var pieces = model.GetProperty("vocab").EnumerateObject().OrderBy(piece => piece.Value.GetInt32()).ToList();
        // A line is an id in vocab.txt.
        if (pieces.Index().Any(piece => piece.Item.Value.GetInt32() != piece.Index)) throw new InvalidDataException("its ids have gaps");
        return new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', pieces.Select(piece => piece.Name))));
    }
}
