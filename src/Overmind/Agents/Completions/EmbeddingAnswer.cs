using Overmind.Models;

namespace Overmind.Agents.Completions;

/// <summary>The vectors of an <see cref="EmbeddingCall"/>, in the order of its texts.</summary>
/// <param name="TokensInput">As the provider counted, else counted here.</param>
public sealed record EmbeddingAnswer(ModelReference Model, IReadOnlyList<ReadOnlyMemory<float>> Vectors, long TokensInput);
