using System.Text.Json;

namespace Overmind.Models.Embeddings.Onnx;

/// <summary>
/// A folder as sentence-transformers exports one: <c>model.onnx</c> (also in <c>onnx/</c>), <c>vocab.txt</c> or <c>tokenizer.json</c>; optional
/// <c>1_Pooling/config.json</c> (default: mean), <c>sentence_bert_config.json</c> with <c>max_seq_length</c> (default: 256 tokens, 512 at most)
/// and <c>tokenizer_config.json</c> with <c>do_lower_case</c> (default: true).
/// </summary>
sealed record OnnxModelFolder
{
    public const int DefaultTokens = 256;
    public const int MostTokens = 512;

    public required string Name { get; init; }

    public required string Model { get; init; }

    public required string Vocabulary { get; init; }

    public OnnxPooling Pooling { get; init; }

    /// <summary>As the folder says; null when it does not.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Of one text, [CLS] and [SEP] among them; what is longer is cut.</summary>
    public int Tokens { get; init; } = DefaultTokens;

    public bool LowerCase { get; init; } = true;

    /// <exception cref="EmbeddingException">Something is missing or cannot be read.</exception>
    public static OnnxModelFolder Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new EmbeddingException($"There is no folder {folder}.", "name the folder of the ONNX model, as onnx:/srv/models/all-MiniLM-L6-v2");
        var pooling = Settings(folder, "1_Pooling/config.json");
        return new OnnxModelFolder
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Model = Find(folder, "model.onnx", "onnx/model.onnx"),
            Vocabulary = Find(folder, "vocab.txt", "tokenizer.json"),
            Pooling = Truth(pooling, "pooling_mode_cls_token") == true ? OnnxPooling.Cls : OnnxPooling.Mean,
            Dimensions = Number(pooling, "word_embedding_dimension"),
            Tokens = Math.Clamp(Number(Settings(folder, "sentence_bert_config.json"), "max_seq_length") ?? DefaultTokens, 3, MostTokens),
            LowerCase = Truth(Settings(folder, "tokenizer_config.json"), "do_lower_case") ?? true,
        };
    }

    static string Find(string folder, params string[] files) =>
        files.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
        ?? throw new EmbeddingException($"{folder} has no {string.Join(" and no ", files)}.", "export the model with its tokenizer, for example by `optimum-cli export onnx`");

    static JsonElement Settings(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        try
        {
            return File.Exists(path) ? JsonElement.Parse(File.ReadAllBytes(path)) : default;
        }
        catch (JsonException)
        {
            throw new EmbeddingException($"{path} is no JSON.", "export the model again");
        }
    }

    static int? Number(JsonElement settings, string name) =>
        settings.ValueKind is JsonValueKind.Object && settings.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    static bool? Truth(JsonElement settings, string name) =>
        settings.ValueKind is JsonValueKind.Object && settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? settings.GetProperty(name).GetBoolean()
            : null;
}
