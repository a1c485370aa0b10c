using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overmind.Client;

/// <summary>Sends requests, reads answers and problems. Repeats what may be repeated: reads, and writes with an Idempotency-Key.</summary>
sealed class ApiConnection(HttpClient http, TimeProvider time)
{
    const int Attempts = 4;
    static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), repeatable: true, type, cancellationToken);

    /// <param name="idempotencyKey">Null for a new one, so that repeats after a lost answer make nothing twice.</param>
    /// <param name="json">The body in UTF-8; null for none.</param>
    /// <param name="headers">Adds others.</param>
    public Task<T> PostAsync<T>(
        string path, byte[]? json, string? idempotencyKey, JsonTypeInfo<T> type, CancellationToken cancellationToken, Action<HttpRequestHeaders>? headers = null)
    {
        var key = idempotencyKey ?? Guid.CreateVersion7().ToString();
        return SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(json), Headers = { { "Idempotency-Key", key } } };
                headers?.Invoke(request.Headers);
                return request;
            },
            repeatable: true, type, cancellationToken);
    }

    /// <summary>For routes whose answer holds a secret: nothing of it is stored, so a repeat would make another.</summary>
    public Task<T> PostSecretAsync<T>(string path, byte[]? json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(json) }, repeatable: false, type, cancellationToken);

    public Task<T> PatchAsync<T>(string path, byte[] json, string? ifMatch, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(
            () => IfMatch(new HttpRequestMessage(HttpMethod.Patch, path) { Content = Content(json) }, ifMatch), repeatable: false, type, cancellationToken);

    /// <summary>A POST that the server takes no Idempotency-Key for, so that it is not repeated.</summary>
    public Task<T> PostOnceAsync<T>(string path, byte[] json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(json) }, repeatable: false, type, cancellationToken);

    /// <summary>A POST that gives the same when it is repeated at once.</summary>
    public Task<T> PostAgainAsync<T>(string path, byte[] json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(json) }, repeatable: true, type, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => DeleteAsync(path, ClientJson.Default.JsonElement, cancellationToken);

    public Task DeleteAsync(string path, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) => SendAsync(
        () => IfMatch(new HttpRequestMessage(HttpMethod.Delete, path), VersionTag.Of(unchangedSince)), repeatable: false,
        ClientJson.Default.JsonElement, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), repeatable: false, type, cancellationToken);

    /// <summary>A PUT says what is to be, so that it may be repeated.</summary>
    public Task<T> PutAsync<T>(string path, byte[] json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Put, path) { Content = Content(json) }, repeatable: true, type, cancellationToken);

    /// <summary>Sends once and returns as soon as the headers are there.</summary>
    /// <exception cref="OvermindApiException">The status is no success.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ProblemAsync(response, cancellationToken);
    }

    /// <summary>Waits before the attempt after the <paramref name="failures"/>th failure in a row: as long as the server said, else twice as long each time.</summary>
    public Task DelayAsync(int failures, Exception failure, CancellationToken cancellationToken)
    {
        var delay = (failure as OvermindApiException)?.RetryAfter ?? FirstDelay * Math.Pow(2, failures - 1);
        return Task.Delay(delay < LongestDelay ? delay : LongestDelay, time, cancellationToken);
    }

    /// <summary>Whether a repeat may help: the connection failed, or the server said so.</summary>
    public static bool IsPassing(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        OvermindApiException told => told.Retryable,
        HttpRequestException or IOException or TimeoutException => true,
        // HttpClient's own timeout.
        TaskCanceledException { InnerException: TimeoutException } => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, bool repeatable, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = make();
                using var response = await OpenAsync(request, cancellationToken);
                return (await response.Content.ReadFromJsonAsync(type, cancellationToken))!;
            }
            catch (Exception failure) when (repeatable && attempt < Attempts && IsPassing(failure, cancellationToken))
            {
                await DelayAsync(attempt, failure, cancellationToken);
            }
        }
    }

    static HttpRequestMessage IfMatch(HttpRequestMessage request, string? tag)
    {
        if (tag is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
        return request;
    }

    static ByteArrayContent? Content(byte[]? json) => json is null
        ? null
        : new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    static async Task<OvermindApiException> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var retryAfter = response.Headers.RetryAfter?.Delta;
        try
        {
            if (await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem, cancellationToken) is { } problem)
                return new OvermindApiException(response.StatusCode, problem, retryAfter);
        }
        catch (JsonException)
        {
            // A proxy between answered, in words of its own.
        }
        var mayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout;
        return new OvermindApiException(response.StatusCode, new Problem(null, null, null, null, null, null, mayPass), retryAfter);
    }
}
