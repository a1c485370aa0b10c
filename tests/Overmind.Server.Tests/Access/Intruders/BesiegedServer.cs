using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Access;
using Overmind.Access.ExternalIdentities;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>A server with a row of everything in its first organization, and everybody who must not get at them.</summary>
public sealed class BesiegedServer(ApiServers servers) : IAsyncLifetime
{
    IdentityProvider provider = null!;
    IdentityProvider another = null!;
    ApiServer server = null!;
    Api api = null!;
    IReadOnlyDictionary<string, string> rows = null!;
    IReadOnlyList<Intruder> everywhere = null!;
    IReadOnlyDictionary<ApiKeyScope, string> keys = null!;
    Intruder viewer = null!;
    Intruder signedInViewer = null!;
    Intruder neighbour = null!;
    string storedRows = null!;
    Jws resigned = null!;
    IReadOnlyList<string> seen = null!;

    /// <summary>Tables that have changed since this was last asked.</summary>
    public async Task<IReadOnlyList<string>> ChangedTablesAsync()
    {
        var before = seen;
        seen = await StoredRows.ListAsync(server.Database, storedRows);
        return [.. seen.Except(before)];
    }

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.StartAsync();
        another = await IdentityProvider.StartAsync();
        server = await servers.StartAsync(configure: options => options with
        {
            ExternalIdentities = new ExternalIdentityOptions { Issuer = provider.Issuer, Audience = "overmind" },
        });
        api = server.Anonymous;
        // Whoever made all these rows is a viewer since: they see them, and may write none.
        await SampleRows.WriteAsync(server.Database, server.Tenants.First.User);
        var made = await SignedIn.AsAsync(server, "user@first.test");
        await server.Database.ExecuteAsync("update organization_members set role = 'viewer' where user_id = $1", server.Tenants.First.User.UserId!.Value);
        viewer = Intruder.With(server.User.Key!, "a viewer with a key", ErrorCode.Forbidden);
        signedInViewer = Intruder.With(made.AccessToken, "a viewer who is signed in", ErrorCode.Forbidden);
        neighbour = Intruder.With(server.Stranger.Key!, "an admin of another organization", null);
        rows = await NamedRows.ReadAsync(server.Database, server.Tenants.First.User);
        keys = await KeysAsync();
        everywhere = [.. await WithKeysAsync(), .. await WithSessionsAsync()];
        storedRows = await StoredRows.QueryAsync(server.Database);
        seen = await StoredRows.ListAsync(server.Database, storedRows);
    }

    /// <summary>With what the forged tokens are made of: refused for what was changed, then, and for nothing else.</summary>
    public async Task<IReadOnlyList<Answer>> AskWithGoodTokensAsync()
    {
        string[] tokens = [resigned.ToString(), provider.Token("somebody", "admin@first.test"), server.Admin.Key!];
        var answers = await Task.WhenAll(tokens.Select(token => api.GetAsync("/v1/me", ("Authorization", "Bearer " + token))));
        // The provider's was seen for the first time: that is a row.
        await ChangedTablesAsync();
        return answers;
    }

    /// <summary>Everybody who must not be let do this.</summary>
    public IEnumerable<Intruder> IntrudersOf(Operation operation, bool isOnesOwn)
    {
        foreach (var intruder in everywhere)
            yield return intruder;
        if (operation.Scope is { } scope)
            yield return Intruder.With(keys[scope], $"an admin's key without the scope {LowerSnake.Write(scope)}", ErrorCode.InsufficientScope);
        if (isOnesOwn)
            yield break;
        // A POST that only reads, as a rendering does, is a viewer's, too.
        if (operation is { Changes: true, Permission: not Permission.ContentRead })
            foreach (var member in (Intruder[])[viewer, signedInViewer])
                yield return member;
        if (operation.NamesRows)
            yield return neighbour;
    }

    public Task<Answer> AskAsync(Operation operation, Intruder intruder) =>
        api.SendAsync(operation.Method, rows.Fill(operation.Path) + operation.Query, operation.Body, intruder.Headers);

    /// <summary>The requests of a route that stand in the audit log as refused, with the reason.</summary>
    public Task<IReadOnlyList<string>> RefusalsAsync(Operation operation) => StoredRows.ListAsync(
        server.Database, "select concat_ws(' ', request_id, metadata ->> 'code') from audit_logs where status = 'failure' and metadata ->> 'route' = $1", operation.Name);

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
        await another.DisposeAsync();
    }

    // Of an admin, so that nothing but the scope is in the way: by the one that each lacks, and with it the wide one that includes it.
    async Task<IReadOnlyDictionary<ApiKeyScope, string>> KeysAsync()
    {
        var made = new Dictionary<ApiKeyScope, string>();
        foreach (var lacking in Enum.GetValues<ApiKeyScope>())
            made[lacking] = await server.KeyAsync(server.Tenants.First.Admin, [.. Enum.GetValues<ApiKeyScope>().Where(scope => scope != lacking && scope != ApiKeyScopes.Whole(lacking))]);
        return made;
    }

    async Task<IEnumerable<Intruder>> WithKeysAsync()
    {
        var (first, second) = (server.Tenants.First, server.Tenants.Second);
        var good = server.Admin.Key!;
        var (revoked, expired, left) = (await server.KeyAsync(first.Admin), await server.KeyAsync(first.Admin), server.OtherUser.Key!);
        await server.Database.ExecuteAsync("update api_keys set revoked_at = now() where key_prefix = $1", revoked[..16]);
        await server.Database.ExecuteAsync("update api_keys set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where key_prefix = $1", expired[..16]);
        await server.Database.ExecuteAsync("update organization_members set left_at = now() where user_id = $1", first.OtherUser.UserId!.Value);
        return
        [
            new("nobody", null, ErrorCode.Unauthenticated),
            new("a name and password", "Basic YWRtaW46YWRtaW4=", ErrorCode.Unauthenticated),
            new("a good key without Bearer", good, ErrorCode.Unauthenticated),
            Intruder.With("garbage", "garbage", ErrorCode.InvalidApiKey),
            Intruder.With(good[..^1], "a key that is cut off", ErrorCode.InvalidApiKey),
            Intruder.With(good[..^1] + (good[^1] == '0' ? '1' : '0'), "a key with another end", ErrorCode.InvalidApiKey),
            Intruder.With(
                good.Replace(first.OrganizationId.ToString("N"), second.OrganizationId.ToString("N"), StringComparison.Ordinal), "a key that names another organization", ErrorCode.InvalidApiKey),
            Intruder.With(revoked, "a revoked key", ErrorCode.InvalidApiKey),
            Intruder.With(expired, "an expired key", ErrorCode.InvalidApiKey),
            Intruder.With(left, "the key of somebody who has left", ErrorCode.InvalidApiKey),
            Intruder.With(server.Stranger.Key!, "a key of another organization that names this one", ErrorCode.NotAMember, first.OrganizationId),
        ];
    }

    async Task<IEnumerable<Intruder>> WithSessionsAsync()
    {
        var (good, revoked, expired) = (await AdminAsync(), await AdminAsync(), await AdminAsync());
        var stranger = await SignedIn.AsAsync(server, "admin@second.test");
        await server.Database.ExecuteAsync("update sessions set revoked_at = now(), revoked_reason = 'revoked' where id = $1", revoked.SessionId);
        await server.Database.ExecuteAsync("update sessions set expires_at = now() where id = $1", expired.SessionId);
        var key = (await server.Services.GetRequiredService<SigningKeys>().CurrentAsync(default)).SecurityKey.ECDsa;
        using var publicKey = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        var token = Jws.Parse(good.AccessToken);
        resigned = token.SignedBy(key);
        return
        [
            Intruder.With(revoked.AccessToken, "a token whose session was ended", ErrorCode.SessionEnded),
            Intruder.With(expired.AccessToken, "a token whose session has expired", ErrorCode.SessionEnded),
            Intruder.With(good.RefreshToken, "a refresh token", ErrorCode.InvalidApiKey),
            Intruder.With(stranger.AccessToken, "somebody signed in elsewhere who names this organization", ErrorCode.NotAMember, server.Tenants.First.OrganizationId),
            .. ForgedTokens.Of(token, publicKey),
            .. ForgedTokens.SignedByUs(token, key),
            .. ForgedTokens.Of(provider, another),
        ];

        Task<SignedIn> AdminAsync() => SignedIn.AsAsync(server, "admin@first.test");
    }
}
