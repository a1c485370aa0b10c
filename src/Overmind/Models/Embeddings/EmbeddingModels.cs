using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Models.Embeddings.Onnx;
using Overmind.Models.Embeddings.Remote;

namespace Overmind.Models.Embeddings;

/// <summary>The embedder of this installation, and the built-in one.</summary>
public sealed class EmbeddingModels : IDisposable
{
    static readonly Dictionary<string, Uri> Known = new()
    {
        ["openai"] = new Uri("https://api.openai.com/v1"),
        ["ollama"] = new Uri("http://127.0.0.1:11434/v1"),
    };

    readonly EmbedderOptions _options;
    readonly TimeProvider _time;
    readonly HttpClient _http;
    readonly Lock _lock = new();
    Task<EmbeddingModel>? _chosen;

    /// <param name="http">For providers; default: one of its own.</param>
    /// <exception cref="EmbeddingException">The options name no embedder.</exception>
    public EmbeddingModels(EmbedderOptions options, TimeProvider time, HttpClient? http = null)
    {
        EmbedderChoice.Check(options);
        (_options, _time) = (options, time);
        _http = http ?? new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false });
        if (http is null) _http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
    }

    /// <summary>The built-in model.</summary>
    public static EmbeddingModel Builtin { get; } = OfBuiltin();

    /// <summary>
    /// The model that the options name. It is opened on first use; a provider is asked for one vector then, which tells its dimensions. What failed
    /// is tried again by the next call.
    /// </summary>
    /// <exception cref="EmbeddingException">It cannot be opened.</exception>
    public async Task<EmbeddingModel> GetAsync(CancellationToken cancellationToken = default)
    {
        Task<EmbeddingModel> opening;
        lock (_lock)
        {
            if (_chosen is null or { IsFaulted: true } or { IsCanceled: true }) _chosen = Task.Run(OpenAsync, CancellationToken.None);
            opening = _chosen;
        }

        return await opening.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        if (_chosen is { IsCompletedSuccessfully: true } opened) opened.Result.Generator.Dispose();
    }

    async Task<EmbeddingModel> OpenAsync()
    {
        if (EmbedderChoice.IsBuiltin(_options)) return Builtin;
        if (EmbedderChoice.OnnxFolder(_options) is { } folder) return OnnxEmbeddingGenerator.Open(folder, _options.OnnxRuntime);
        var reference = ModelReference.Parse(_options.Embedder)!;
        var generator = new RemoteEmbeddingGenerator(_http, _time, reference, _options.Url ?? Known[reference.Provider], _options);
        var probe = (await generator.GenerateAsync(["dimensions"]))[0];
        return new EmbeddingModel(reference, probe.Vector.Length, probe.ModelId ?? reference.Model, generator);
    }

    internal static bool IsKnown(string provider) => Known.ContainsKey(provider);

    static EmbeddingModel OfBuiltin()
    {
        var generator = new BuiltinEmbeddingGenerator();
        return new EmbeddingModel(BuiltinEmbeddingGenerator.Reference, generator.Dimensions, generator.Version, generator);
    }
}
