using Microsoft.Extensions.AI;

namespace Overmind.Models.Embeddings.Builtin;

/// <summary>
/// The embedder that needs no key and no network: word vectors and hashed spellings, 256 dimensions, the same for the same text on every machine.
/// It reads a text as a bag of words: "dog bites man" and "man bites dog" are one to it.
/// </summary>
sealed class BuiltinEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    readonly TextVector _text = new(WordTable.Shared);

    /// <summary>The built-in model. Another table or another rule of making vectors is another name.</summary>
    public static ModelReference Reference { get; } = new("builtin", "glove-ngram-v1");

    /// <summary>Length of its vectors: 100 for what words mean, 156 for how they are spelt.</summary>
    public int Dimensions => _text.Dimensions;

    /// <summary>A digest of its table of words.</summary>
    public string Version { get; } = WordTable.Shared.Version;

    /// <summary>The vector of a text: of length 1, also for an empty text, whose vector is always the same and near to no other.</summary>
    public float[] Embed(string text) => _text.Of(text);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value)) { ModelId = Reference.Model });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null) return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata(Reference.Provider, providerUri: null, Reference.Model, Dimensions);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
