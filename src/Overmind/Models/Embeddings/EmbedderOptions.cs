namespace Overmind.Models.Embeddings;

/// <summary>Which embedder this installation uses. All its nodes name the same: vectors of different models are not comparable.</summary>
public sealed record EmbedderOptions
{
    /// <summary>
    /// <c>builtin</c>, <c>onnx:/folder</c>, or <c>provider/model</c> as <c>openai/text-embedding-3-small</c> and <c>ollama/nomic-embed-text</c>.
    /// Default: <c>builtin</c>, which needs no network.
    /// </summary>
    public string Embedder { get; init; } = "builtin";

    /// <summary>
    /// Address of a provider's API, up to <c>/v1</c>. Default: OpenAI's for <c>openai</c>, this machine's for <c>ollama</c>; needed for any other,
    /// which has to speak as OpenAI does.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>The provider's key. Default: none is sent.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long the provider's vectors shall be, where it lets one choose. Default: as long as it makes them.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Texts in one request to a provider, 1 to 2048. Default: 96.</summary>
    public int BatchSize { get; init; } = 96;

    /// <summary>For one request to a provider. Default: 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The native library of the ONNX runtime. Default: <c>libonnxruntime.so</c> in the model's folder, else beside the program, else where the
    /// system looks for libraries.
    /// </summary>
    public string? OnnxRuntime { get; init; }

    /// <summary>
    /// Another embedder that this node can use, while the embeddings are migrated from one provider's to another's. Default: none; the built-in one is always there.
    /// </summary>
    public EmbedderOptions? Next { get; init; }

    /// <summary>Without the key: a record that is logged shows all its members.</summary>
    public override string ToString() => Url is null ? Embedder : $"{Embedder} at {Url}";
}
