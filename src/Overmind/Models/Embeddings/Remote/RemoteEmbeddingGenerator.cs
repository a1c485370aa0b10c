using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Overmind.Models.Embeddings.Remote;

/// <summary>
/// A model behind <c>POST {url}/embeddings</c> as OpenAI documents it; Ollama, vLLM and others answer the same. Texts go in batches, one after the
/// other. A busy or failing server (429, 5xx, no connection) is asked again twice, after what it says or 0.5 and 1 s.
/// </summary>
sealed class RemoteEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    const int MostAttempts = 3;

    // A number takes some 12 bytes, the longest vectors have some thousands of them.
    const long MostBytesPerText = 400_000;

    // What a server asks for beyond is the caller's to wait.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    readonly HttpClient _http;
    readonly TimeProvider _time;
    readonly ModelReference _model;
    readonly EmbedderOptions _options;
    readonly Uri _url;

    /// <param name="http">Stays the caller's; its own time-out is not used.</param>
    /// <param name="url">Up to <c>/v1</c>.</param>
    public RemoteEmbeddingGenerator(HttpClient http, TimeProvider time, ModelReference model, Uri url, EmbedderOptions options)
    {
        (_http, _time, _model, _options) = (http, time, model, options);
        _url = new Uri(url.AbsoluteUri.TrimEnd('/') + "/embeddings");
    }

    /// <inheritdoc/>
    /// <exception cref="EmbeddingException">The server cannot be reached, refuses, or answers something else than was asked.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = new GeneratedEmbeddings<Embedding<float>> { Usage = new UsageDetails { InputTokenCount = 0, TotalTokenCount = 0 } };
        var dimensions = options?.Dimensions ?? _options.Dimensions;
        foreach (var batch in values.Chunk(_options.BatchSize))
        {
            // An empty text is refused by some servers.
            var request = new EmbeddingRequest(_model.Model, [.. batch.Select(text => text.Length == 0 ? " " : text)], "float", dimensions);
            var response = await AskAsync(request, cancellationToken);
            var expected = dimensions ?? (all.Count > 0 ? all[0].Vector.Length : null);
            foreach (var vector in RemoteVectors.Read(response, batch.Length, expected, _model.ToString()))
                all.Add(new Embedding<float>(vector) { ModelId = response.Model ?? _model.Model });
            all.Usage.InputTokenCount += response.Usage?.Prompt ?? 0;
            all.Usage.TotalTokenCount += response.Usage?.Total ?? response.Usage?.Prompt ?? 0;
        }

        return all;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null) return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata(_model.Provider, _url, _model.Model, _options.Dimensions);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    async Task<EmbeddingResponse> AskAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (response, wait, failure) = await AttemptAsync(request, attempt, cancellationToken);
            if (response is not null) return response;
            if (wait is not { } pause || pause > LongestWait || attempt == MostAttempts) throw failure!;
            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    /// <summary>The answer; or why there is none, and how long to wait before asking again (null: asking again is of no use).</summary>
    async Task<(EmbeddingResponse? Response, TimeSpan? Wait, EmbeddingException? Failure)> AttemptAsync(
        EmbeddingRequest request, int attempt, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(0.5 * attempt);
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, _url) { Content = JsonContent.Create(request, options: Json) };
            if (_options.ApiKey is { } key) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode) return (null, CanPass(answer.StatusCode) ? answer.Headers.RetryAfter?.Delta ?? wait : null, Refused(answer.StatusCode));
            await answer.Content.LoadIntoBufferAsync(MostBytesPerText * request.Input.Count, either.Token);
            var response = await answer.Content.ReadFromJsonAsync<EmbeddingResponse>(Json, either.Token);
            return (response ?? new EmbeddingResponse(null, null, null), null, null);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, null, new EmbeddingException($"The embedder {_model} did not answer within {_options.Timeout.TotalSeconds:0.#} s.", "raise its time-out, or send fewer texts at once"));
        }
        catch (HttpRequestException endless) when (endless.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return (null, null, NoVectors(endless));
        }
        catch (HttpRequestException unreachable)
        {
            return (null, wait, new EmbeddingException($"The embedder {_model} cannot be reached at {_url}: {unreachable.Message}", "check that it runs, and its address", unreachable));
        }
        catch (Exception nonsense) when (nonsense is JsonException or NotSupportedException or IOException)
        {
            return (null, null, NoVectors(nonsense));
        }
    }

    static bool CanPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    EmbeddingException NoVectors(Exception why) =>
        new($"The embedder {_model} answered something that is no list of vectors.", $"check that {_url} speaks as OpenAI's /v1/embeddings does", why);

    // Not the body: some servers repeat the texts or the key in it.
    EmbeddingException Refused(HttpStatusCode status) => new($"The embedder {_model} refused with status {(int)status}.", status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "check its key",
        HttpStatusCode.NotFound => "check the model's name and the address, which ends before /embeddings",
        HttpStatusCode.TooManyRequests => "it is busy or the account's limit is reached: try later, or send fewer texts",
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => "a text may be too long for the model, or a batch too large",
        _ => "try later",
    });
}
