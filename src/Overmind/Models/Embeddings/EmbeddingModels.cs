using System.Runtime.CompilerServices;
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
    readonly EmbeddingModels? _next;
    Task<EmbeddingModel>? _chosen;

    /// <param name="http">For providers; default: one of its own.</param>
    /// <exception cref="EmbeddingException">The options name no embedder.</exception>
    public EmbeddingModels(EmbedderOptions options, TimeProvider time, HttpClient? http = null)
    {
        EmbedderChoice.Check(options);
        (_options, _time) = (options, time);
        _http = http ?? new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false });
        if (options.Next is { } next) _next = new EmbeddingModels(next, time, _http);
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

    /// <summary>A model by its name: the built-in one, the one that the options name, or the one besides.</summary>
    /// <param name="dimensions">Of two with the same name, the one whose vectors are so long; where none is, the last.</param>
    /// <exception cref="EmbeddingException">It is none of them, or cannot be opened.</exception>
    internal async Task<EmbeddingModel> FindAsync(ModelReference reference, int dimensions, CancellationToken cancellationToken)
    {
        EmbeddingModel? found = null;
        await foreach (var model in NamedAsync(reference.ToString(), cancellationToken))
        {
            found = model;
            if (model.Dimensions == dimensions)
                break;
        }

        return found ?? throw Missing(reference.ToString());
    }

    /// <summary>The models that a name may mean, as the options write it or as <c>provider/model</c>; two where both embedders have it, with vectors of different length.</summary>
    /// <exception cref="EmbeddingException">There is none, or one cannot be opened.</exception>
    internal async Task<IReadOnlyList<EmbeddingModel>> FindAllAsync(string name, CancellationToken cancellationToken)
    {
        var found = new List<EmbeddingModel>();
        await foreach (var model in NamedAsync(name, cancellationToken))
            found.Add(model);
        return found.Count > 0 ? found : throw Missing(name);
    }

    async IAsyncEnumerable<EmbeddingModel> NamedAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (name == "builtin" || name == Builtin.Reference.ToString())
        {
            yield return Builtin;
            yield break;
        }

        foreach (var models in (EmbeddingModels?[])[this, _next])
        {
            if (models is null || EmbedderChoice.IsBuiltin(models._options))
                continue;
            // A provider is not asked what it is called.
            if (EmbedderChoice.OnnxFolder(models._options) is null && models._options.Embedder != name)
                continue;
            var model = await models.GetAsync(cancellationToken);
            if (models._options.Embedder == name || model.Reference.ToString() == name)
                yield return model;
        }
    }

    static EmbeddingException Missing(string name) => new(
        $"No embedder {name} is configured here.", "name it as the embedder (embedder) or the one besides (embedder_next), or migrate the embeddings to one that is named");

    /// <inheritdoc/>
    public void Dispose()
    {
        _next?.Dispose();
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
