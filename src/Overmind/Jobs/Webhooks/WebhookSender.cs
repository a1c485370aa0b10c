using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Overmind.Jobs.Webhooks;

/// <summary>
/// Posts events. Names are resolved here and the connection goes to an address that was checked, so that a name cannot point elsewhere in
/// between. Redirects, proxies and cookies are not followed, used or kept.
/// </summary>
sealed class WebhookSender(WebhookOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How much of an answer is kept.</summary>
    const int KeptBytes = 1024;

    const int TooManyRequests = 429;
    const int ServiceUnavailable = 503;

    readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(options, context.DnsEndPoint, cancellationToken),
    });

    /// <summary>One attempt; never throws but when it is cancelled.</summary>
    internal async Task<WebhookAttempt> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        var began = StoredTime.Now(time);
        var since = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(message, began);
            using var response = await _http.SendAsync(request, either.Token);
            var text = await ReadAsync(response, either.Token);
            var status = (int)response.StatusCode;
            var attempt = Attempt(status, text, status is >= 200 and < 300 ? null : $"The endpoint answered {status}.");
            return status is TooManyRequests or ServiceUnavailable ? attempt with { RetryAfterSeconds = RetryAfter(response) } : attempt;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Attempt(null, null, $"There was no answer within {options.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return Attempt(null, null, (failure.InnerException as AddressNotAllowedException ?? failure).Message);
        }

        WebhookAttempt Attempt(int? status, string? text, string? error) =>
            new(began, status, (int)time.GetElapsedTime(since).TotalMilliseconds, text, error);
    }

    public void Dispose() => _http.Dispose();

    int? RetryAfter(HttpResponseMessage response) => RetryAfterHeader.Of(response.Headers, time.GetUtcNow()) is { } wait
        ? (int)Math.Min(Math.Ceiling(wait.TotalSeconds), int.MaxValue)
        : null;

    static HttpRequestMessage Request(WebhookMessage message, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        var id = message.EventId.ToString();
        return new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp.ToString() },
                { "webhook-signature", WebhookSignature.Of(message.Secrets, id, timestamp, message.Body) },
                { "user-agent", "Overmind-Webhooks" },
            },
        };
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns the socket.")]
    static async ValueTask<Stream> ConnectAsync(WebhookOptions options, DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var allowed = addresses.Where(options.Allows).ToArray();
        if (allowed.Length == 0)
            throw new AddressNotAllowedException($"{endPoint.Host} has no address that webhooks may go to: it is private, or of this machine.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[KeptBytes];
        var read = await stream.ReadAtLeastAsync(buffer, KeptBytes, throwOnEndOfStream: false, cancellationToken);
        return StoredText.Clean(Encoding.UTF8.GetString(buffer, 0, read));
    }
}
