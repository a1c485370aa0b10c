using System.Net.Http.Headers;

namespace Overmind.Models.Providers;

/// <summary>
/// What stands between a provider's library and its socket: sends this provider's API key and no other (the libraries would take one from the
/// environment), and turns every answer that is no success into a <see cref="ModelCallException"/>.
/// </summary>
sealed class ProviderHttpHandler(ProviderConnection connection, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    const int MaxErrorBytes = 64 * 1024;

    readonly ProviderFailures _failures = new(connection);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authenticate(request.Headers);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException unanswered)
        {
            // Else it was reached, and closed the connection before it answered.
            throw unanswered.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
                ? _failures.Unreachable(unanswered.Message)
                : _failures.Interrupted();
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw _failures.Unreachable("it did not answer within connect_timeout");
        }

        if (response.IsSuccessStatusCode)
        {
            // Whatever answers at the wrong address: a proxy's sign-in, a web server's first page.
            if (response.Content.Headers.ContentType?.MediaType is "text/html")
            {
                response.Dispose();
                throw _failures.BadResponse("a web page");
            }

            await GuardAsync(response, cancellationToken);
            return response;
        }

        using (response)
        {
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } elsewhere)
                throw _failures.Redirection(elsewhere);
            throw _failures.Refusal(ProviderAnswer.Read(response.StatusCode, await BodyAsync(response, cancellationToken)), RetryAfterHeader.Of(response.Headers, time.GetUtcNow()));
        }
    }

    void Authenticate(HttpRequestHeaders headers)
    {
        headers.Remove("Authorization");
        headers.Remove("x-api-key");
        if (connection.Secret is not { } secret) return;
        if (connection.Kind is ModelProviderKind.Anthropic)
            headers.TryAddWithoutValidation("x-api-key", secret);
        else
            headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    async Task GuardAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var guarded = new StreamContent(new GuardedStream(await response.Content.ReadAsStreamAsync(cancellationToken), _failures, CallToken.Current));
        foreach (var header in response.Content.Headers) guarded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = guarded;
    }

    static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var body = new byte[MaxErrorBytes];
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return System.Text.Encoding.UTF8.GetString(body, 0, length);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // The status says enough.
            return "";
        }
    }
}
