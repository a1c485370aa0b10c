using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace Overmind.Models.Embeddings.Onnx;

/// <summary>A model of the BERT family in a folder, run on this machine's processor.</summary>
sealed class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    // More texts at once gain nothing on a processor, and are all padded to the longest.
    const int BatchSize = 32;

    readonly OnnxSession _session;
    readonly OnnxTokenizer _tokenizer;
    readonly OnnxModelFolder _folder;

    OnnxEmbeddingGenerator(OnnxModelFolder folder, OnnxTokenizer tokenizer, OnnxSession session) =>
        (_folder, _tokenizer, _session) = (folder, tokenizer, session);

    /// <summary>Opens a folder and asks the model for one vector, which tells its dimensions.</summary>
    /// <param name="library">The native library of the runtime; null to look for it.</param>
    /// <exception cref="EmbeddingException">A file is missing or of another kind.</exception>
    public static EmbeddingModel Open(string folder, string? library = null)
    {
        var files = OnnxModelFolder.Read(folder);
        var tokenizer = OnnxTokenizer.Read(files);
        OnnxRuntimeLibrary.Load(folder, library);
        var generator = new OnnxEmbeddingGenerator(files, tokenizer, OnnxSession.Open(files.Model));
        try
        {
            var dimensions = generator.Vectors(["dimensions"])[0].Length;
            if (files.Dimensions is { } stated && stated != dimensions)
                throw new EmbeddingException($"{files.Model} makes vectors of {dimensions} dimensions where 1_Pooling/config.json states {stated}.", "export model and settings together");
            return new EmbeddingModel(new ModelReference("onnx", files.Name), dimensions, VersionOf(files), generator);
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => new GeneratedEmbeddings<Embedding<float>>(values.Chunk(BatchSize).SelectMany(batch =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Vectors(batch).Select(vector => new Embedding<float>(vector) { ModelId = _folder.Name });
        })), cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null) return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata)) return new EmbeddingGeneratorMetadata("onnx", providerUri: null, _folder.Name, _folder.Dimensions);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    float[][] Vectors(string[] texts) =>
        _session.Run(OnnxBatch.Of([.. texts.Select(_tokenizer.Ids)], _tokenizer.Padding), _folder.Pooling);

    /// <summary>Another model, another vocabulary or another pooling makes other vectors.</summary>
    static string VersionOf(OnnxModelFolder folder)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in (string[])[folder.Model, folder.Vocabulary])
        {
            using var stream = File.OpenRead(file);
            digest.AppendData(SHA256.HashData(stream));
        }

        digest.AppendData([(byte)folder.Pooling, folder.LowerCase ? (byte)1 : (byte)0, .. BitConverter.GetBytes(folder.Tokens)]);
        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 4));
    }
}
