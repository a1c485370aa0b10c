using System.Numerics.Tensors;

namespace Overmind.Models.Embeddings.Remote;

/// <summary>Holds a provider's answer to what was asked: one vector a text, all of one length, finite. A wrong vector would be found much later, in a search.</summary>
static class RemoteVectors
{
    /// <summary>In the order of the texts, of length 1 each.</summary>
    /// <param name="dimensions">What they must have; null takes what the first has.</param>
    /// <exception cref="EmbeddingException">The answer is no such list.</exception>
    public static float[][] Read(EmbeddingResponse response, int texts, int? dimensions, string provider)
    {
        var items = response.Data ?? [];
        if (items.Count != texts) throw Wrong(provider, $"answered with {items.Count} vectors to {texts} texts");
        var vectors = new float[texts][];
        for (var at = 0; at < texts; at++)
        {
            var index = items[at].Index ?? at;
            if (index < 0 || index >= texts || vectors[index] is not null) throw Wrong(provider, $"sent no vector, or two, for one of {texts} texts");
            vectors[index] = Unit(items[at].Embedding ?? [], dimensions ??= items[at].Embedding?.Length, provider);
        }

        return vectors;
    }

    static float[] Unit(float[] vector, int? dimensions, string provider)
    {
        if (vector.Length == 0 || vector.Length != dimensions)
            throw Wrong(provider, $"sent a vector of {vector.Length} dimensions where {dimensions} were expected", "set the embedder's dimensions to what the model makes, or choose the model that made the vectors at hand");
        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length == 0) throw Wrong(provider, "sent a vector that is no direction: zero, infinite or not a number");
        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    static EmbeddingException Wrong(string provider, string what, string? remedy = null) =>
        new($"The embedder {provider} {what}.", remedy ?? "check that the address is that of an embedding model and speaks as OpenAI's /v1/embeddings does");
}
