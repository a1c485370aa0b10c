using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

/// <summary>What the default of <c>min_similarity</c> is chosen by.</summary>
public class QuestionSimilarityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Show()
    {
        foreach (var (set, pairs) in new[] { ("same", QuestionPairs.SameAnswer), ("other", QuestionPairs.OtherAnswer) })
            foreach (var (one, other) in pairs)
                output.WriteLine($"{set} {await SimilarityAsync(one, other):0.0000} {one} | {other}");
    }

    static async Task<double> SimilarityAsync(string one, string other)
    {
        var (a, b) = (await EmbeddingModels.Builtin.Generator.GenerateVectorAsync(one), await EmbeddingModels.Builtin.Generator.GenerateVectorAsync(other));
        return System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(a.Span, b.Span);
    }
}
