using System.Text.Json.Serialization;

namespace Overmind.Models.Embeddings.Remote;

/// <summary>Body of <c>POST /v1/embeddings</c> as OpenAI documents it.</summary>
sealed record EmbeddingRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("input")] IReadOnlyList<string> Input,
    [property: JsonPropertyName("encoding_format")] string EncodingFormat,
    [property: JsonPropertyName("dimensions"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Dimensions);
