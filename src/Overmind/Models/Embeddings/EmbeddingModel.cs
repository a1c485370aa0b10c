using Microsoft.Extensions.AI;

namespace Overmind.Models.Embeddings;

/// <summary>A model that makes vectors of texts. Name, dimensions and version stand beside every vector that is kept.</summary>
/// <param name="Reference">As <c>builtin/glove-ngram-v1</c>.</param>
/// <param name="Dimensions">Length of its vectors.</param>
/// <param name="Version">Vectors are comparable only within one version of a model.</param>
/// <param name="Generator">Makes the vectors, of length 1 each.</param>
public sealed record EmbeddingModel(ModelReference Reference, int Dimensions, string Version, IEmbeddingGenerator<string, Embedding<float>> Generator);
