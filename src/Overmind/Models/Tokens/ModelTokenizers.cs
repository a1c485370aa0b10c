using Microsoft.ML.Tokenizers;

namespace Overmind.Models.Tokens;

/// <summary>The tokenizers of models that publish theirs: OpenAI's. Each is made once, when a model first needs it (a quarter of a second, some 30 MB).</summary>
static class ModelTokenizers
{
    // The first that fits; a model is known by its name, whoever serves it.
    static readonly (string Beginning, Lazy<TiktokenTokenizer> Tokenizer)[] ByBeginning = Rules();

    /// <summary>Null when the model publishes none.</summary>
    public static TiktokenTokenizer? Find(ModelReference model)
    {
        // Gateways name it with its maker: openai/gpt-4o.
        var name = model.Model.AsSpan(model.Model.LastIndexOf('/') + 1);
        foreach (var (beginning, tokenizer) in ByBeginning)
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return tokenizer.Value;
        return null;
    }

    static (string, Lazy<TiktokenTokenizer>)[] Rules()
    {
        Lazy<TiktokenTokenizer> o200k = Encoding("o200k_base"), cl100k = Encoding("cl100k_base");
        return
        [
            .. ((string[])["gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-oss", "chatgpt-", "o1", "o3", "o4"]).Select(beginning => (beginning, o200k)),
            .. ((string[])["gpt-4", "gpt-3.5", "gpt-35", "text-embedding-3", "text-embedding-ada-002"]).Select(beginning => (beginning, cl100k)),
        ];
    }

    static Lazy<TiktokenTokenizer> Encoding(string name) => new(() => TiktokenTokenizer.CreateForEncoding(name));
}
