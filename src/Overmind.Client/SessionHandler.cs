using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>
/// Acts with the access token of a session, and renews it: half a minute before it expires, and once when the server says that it has.
/// Requests that want a new one at the same time wait for one refresh.
/// </summary>
sealed class SessionHandler : DelegatingHandler
{
    static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    readonly Uri _url;
    readonly Action<SessionTokens>? _renewed;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    (SessionTokens Tokens, DateTimeOffset ExpiresAt) _current;
    Task? _renewal;

    public SessionHandler(Uri url, SessionTokens tokens, Action<SessionTokens>? renewed, TimeProvider time, HttpMessageHandler inner)
        : base(inner)
    {
        (_url, _renewed, _time) = (url, renewed, time);
        _current = (tokens, ExpiryOf(tokens));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (tokens, expiresAt) = Current();
        if (_time.GetUtcNow() >= expiresAt - Early)
            tokens = await RenewAsync(tokens, cancellationToken);
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        var response = await SendAsync(request, tokens, cancellationToken);
        if (!await IsExpiredAsync(response, cancellationToken))
            return response;
        response.Dispose();
        return await SendAsync(request, await RenewAsync(tokens, cancellationToken), cancellationToken);
    }

    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, SessionTokens tokens, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return base.SendAsync(request, cancellationToken);
    }

    (SessionTokens Tokens, DateTimeOffset ExpiresAt) Current()
    {
        lock (_lock)
            return _current;
    }

    async Task<SessionTokens> RenewAsync(SessionTokens old, CancellationToken cancellationToken)
    {
        Task renewal;
        lock (_lock)
        {
            if (!ReferenceEquals(_current.Tokens, old))
                return _current.Tokens;
            // A caller that gives up does not take the refresh along: a token that was used and not replaced would end the session.
            renewal = _renewal ??= RefreshAsync(old);
        }
        await renewal.WaitAsync(cancellationToken);
        return Current().Tokens;
    }

    async Task RefreshAsync(SessionTokens old)
    {
        // Outside of the lock, which whoever starts it holds.
        await Task.Yield();
        try
        {
            using var http = new HttpClient(InnerHandler!, disposeHandler: false) { BaseAddress = _url };
            var tokens = await new AuthClient(new ApiConnection(http, _time)).RefreshAsync(old.RefreshToken);
            lock (_lock)
                _current = (tokens, ExpiryOf(tokens));
            _renewed?.Invoke(tokens);
        }
        finally
        {
            lock (_lock)
                _renewal = null;
        }
    }

    DateTimeOffset ExpiryOf(SessionTokens tokens) => _time.GetUtcNow() + TimeSpan.FromSeconds(tokens.ExpiresIn);

    // A key that signed it may be gone, too: the refresh token tells whether the session is in force.
    static async Task<bool> IsExpiredAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not HttpStatusCode.Unauthorized)
            return false;
        // Buffered, so that whoever gets the answer reads it once more.
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.Problem)?.Code is "access_token_expired" or "invalid_access_token";
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
