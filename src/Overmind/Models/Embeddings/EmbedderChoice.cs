using Overmind.Models.Embeddings.Builtin;

namespace Overmind.Models.Embeddings;

/// <summary>Reads <see cref="EmbedderOptions.Embedder"/>.</summary>
static class EmbedderChoice
{
    const string Onnx = "onnx:";
    const string Forms = "name 'builtin', 'onnx:/folder', or 'provider/model' as openai/text-embedding-3-small";

    public static bool IsBuiltin(EmbedderOptions options) =>
        options.Embedder == "builtin" || options.Embedder == BuiltinEmbeddingGenerator.Reference.ToString();

    public static string? OnnxFolder(EmbedderOptions options) =>
        options.Embedder.StartsWith(Onnx, StringComparison.Ordinal) && options.Embedder.Length > Onnx.Length ? options.Embedder[Onnx.Length..] : null;

    /// <exception cref="EmbeddingException">It names no embedder, or a number is out of range.</exception>
    public static void Check(EmbedderOptions options)
    {
        if (options.BatchSize is < 1 or > 2048) throw new EmbeddingException($"The embedder's batch size is 1 to 2048, not {options.BatchSize}.", "set it within that");
        if (options.Dimensions is < 1 or > 16_000) throw new EmbeddingException($"The embedder's dimensions are 1 to 16000, not {options.Dimensions}.", "set them within that");
        if (options.Timeout <= TimeSpan.Zero) throw new EmbeddingException("The embedder's time-out has to be longer than nothing.", "leave it out for 30 s");
        if (options.Url is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https")) throw new EmbeddingException($"The embedder's address is no URL: {url}", "write it as http://host:port/v1");
        if (IsBuiltin(options) || OnnxFolder(options) is not null) return;
        var reference = ModelReference.Parse(options.Embedder);
        if (reference is null || reference.Provider == BuiltinEmbeddingGenerator.Reference.Provider)
            throw new EmbeddingException($"There is no embedder '{options.Embedder}'.", Forms);
        if (options.Url is null && !EmbeddingModels.IsKnown(reference.Provider))
            throw new EmbeddingException($"Where the embedder '{reference}' answers is not known.", "set its address, up to /v1");
    }
}
