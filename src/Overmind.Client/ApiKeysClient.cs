using System.Text.Json;

namespace Overmind.Client;

/// <summary>API keys.</summary>
public sealed class ApiKeysClient
{
    readonly ApiConnection _connection;

    internal ApiKeysClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a key. It is not repeated after a lost answer: the answer is a secret, which the server does not keep.</summary>
    public Task<ApiKeyWithToken> CreateAsync(NewApiKey key, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync(
            "/v1/api_keys", JsonSerializer.SerializeToUtf8Bytes(key, ClientJson.Default.NewApiKey), ClientJson.Default.ApiKeyWithToken, cancellationToken);

    /// <summary>The keys one sees: one's own, for an admin all of the organization.</summary>
    public Task<Page<ApiKey>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/api_keys{(page ?? new()).Query}", ClientJson.Default.PageApiKey, cancellationToken);

    /// <summary>
    /// Makes a key that takes the place of one's own, with its name, scopes and expiry. The old one is good until the grace period is over, or until it would
    /// have ended anyway. It is not repeated after a lost answer, and the old key is not rotated twice: then make another before that ends.
    /// </summary>
    /// <param name="gracePeriod">0 to 30 days, in whole seconds. Default: a day.</param>
    public Task<ApiKeyWithToken> RotateAsync(Guid id, TimeSpan? gracePeriod = null, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync(
            $"/v1/api_keys/{id}/rotate",
            JsonSerializer.SerializeToUtf8Bytes(new ApiKeyRotation((int?)gracePeriod?.TotalSeconds), ClientJson.Default.ApiKeyRotation),
            ClientJson.Default.ApiKeyWithToken,
            cancellationToken);

    /// <summary>Ends a key at once, for good.</summary>
    public Task<ApiKey> RevokeAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/api_keys/{id}", ClientJson.Default.ApiKey, cancellationToken);
}
