using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Overmind.Errors;

namespace Overmind.Access.ExternalIdentities;

/// <summary>
/// What an OpenID provider publishes of itself (OpenID Connect Discovery 1.0), read on first use, each hour, and when a token names a key that is not
/// known, at most every 5 seconds.
/// </summary>
sealed class ProviderKeys(string issuer, HttpClient http, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim _reading = new(1);
    (OpenIdConnectConfiguration Configuration, DateTimeOffset ReadAt)? _known;

    /// <param name="keyId">The key that a token names.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.IdentityProviderUnavailable"/>.</exception>
    public async Task<OpenIdConnectConfiguration> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_known is { } known && now - known.ReadAt < (Has(known.Configuration, keyId) ? Kept : BetweenReads))
                return known.Configuration;
            var read = await ReadAsync(cancellationToken);
            _known = (read, now);
            return read;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        _reading.Dispose();
    }

    static bool Has(OpenIdConnectConfiguration configuration, string? keyId) => configuration.SigningKeys.Any(key => key.KeyId == keyId);

    async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !new Uri(issuer).IsLoopback };
            var read = await OpenIdConnectConfigurationRetriever.GetAsync($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", documents, cancellationToken);
            return read.Issuer == issuer ? read : throw Unavailable($"Its discovery document is of another issuer, {read.Issuer}.", null);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or InvalidOperationException or ArgumentException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable("Its discovery document or its keys cannot be read.", failure);
        }
    }

    static OvermindException Unavailable(string reason, Exception? inner) =>
        new(ErrorCode.IdentityProviderUnavailable, $"The identity provider does not answer as it should. {reason}", inner: inner) { RetryAfter = TimeSpan.FromSeconds(5) };
}
