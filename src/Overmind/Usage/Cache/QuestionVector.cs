using Overmind.Models;

namespace Overmind.Usage.Cache;

/// <summary>A question as the embedder sees it.</summary>
sealed record QuestionVector(ModelReference Model, ReadOnlyMemory<float> Vector);
