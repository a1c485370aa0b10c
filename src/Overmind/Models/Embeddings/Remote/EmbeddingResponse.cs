using System.Text.Json.Serialization;

namespace Overmind.Models.Embeddings.Remote;

/// <summary>Answer to <see cref="EmbeddingRequest"/>, as far as it is used.</summary>
sealed record EmbeddingResponse(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingResponse.Item>? Data,
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("usage")] EmbeddingResponse.Tokens? Usage)
{
    /// <param name="Index">Which text of the request; not every server sends them in order.</param>
    public sealed record Item([property: JsonPropertyName("index")] int? Index, [property: JsonPropertyName("embedding")] float[]? Embedding);

    public sealed record Tokens([property: JsonPropertyName("prompt_tokens")] long? Prompt, [property: JsonPropertyName("total_tokens")] long? Total);
}
