using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The API keys of a member; an admin sees and revokes those of the whole organization.</summary>
/// <param name="authenticator">This node's, where it serves requests: it forgets a revoked key at once, the others when they hear of it.</param>
public sealed class ApiKeyService(ApiKeyStore store, TimeProvider time, ApiKeyAuthenticator? authenticator = null)
{
    /// <summary>Makes a key for the member in <paramref name="claims"/>. The token is not readable afterwards.</summary>
    public async Task<(ApiKey Key, ApiKeyToken Token)> CreateAsync(Claims claims, NewApiKey key, CancellationToken cancellationToken)
    {
        claims.EnsureMayWrite();
        key.Check(time.GetUtcNow());
        var token = ApiKeyToken.Generate(claims.OrganizationId!.Value);
        return ((await store.InsertAsync(claims, key, token, cancellationToken))!, token);
    }

    public async Task<Page<ApiKey>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, page, cancellationToken));
    }

    /// <summary>Ends a key: on this node at once, on the others as soon as they hear of it.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ApiKeyNotFound"/>.</exception>
    public async Task<ApiKey> RevokeAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.EnsureMayWrite();
        var revoked = await store.RevokeAsync(claims, id, cancellationToken)
            ?? throw new OvermindException(ErrorCode.ApiKeyNotFound, $"There is no API key {id}.");
        authenticator?.Forget();
        return revoked;
    }
}
