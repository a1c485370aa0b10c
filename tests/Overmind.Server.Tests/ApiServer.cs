using Microsoft.AspNetCore.Builder;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests;

/// <summary>A server on a free port with two organizations in its database.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    readonly WebApplication running;
    readonly PreparedDatabase opened;

    readonly string folder;

    ApiServer(WebApplication app, PreparedDatabase prepared, TestDatabase database, TestTenants tenants, string dataFolder)
    {
        (running, opened, Database, Tenants, folder) = (app, prepared, database, tenants, dataFolder);
        Url = new Uri(app.Urls.Single());
    }

    public TestDatabase Database { get; }

    public TestTenants Tenants { get; }

    public Uri Url { get; }

    /// <summary>Keys with all scopes of members of the first organization, and one of the second's user.</summary>
    public Api Admin { get; private set; } = null!;

    public Api User { get; private set; } = null!;

    public Api OtherUser { get; private set; } = null!;

    public Api Viewer { get; private set; } = null!;

    public Api Stranger { get; private set; } = null!;

    /// <summary>The user's, with the scope to read alone.</summary>
    public Api Reader { get; private set; } = null!;

    public Api Anonymous => new(Url, null);

    /// <summary>Its folder, an own one.</summary>
    public string DataFolder => folder;

    /// <summary>The services of the running server.</summary>
    public IServiceProvider Services => running.Services;

    public Api As(string key) => new(Url, key);

    public static async Task<ApiServer> StartAsync(
        TestDatabase database, double? offlineTokensPerSecond, int requestsPerMinute, Func<OvermindServerOptions, OvermindServerOptions>? configure = null)
    {
        var options = new OvermindServerOptions
        {
            DatabaseUrl = database.OwnerConnectionString,
            Host = "127.0.0.1",
            Port = 0,
            DataFolder = Directory.CreateTempSubdirectory("overmind-server-").FullName,
            EncryptionKey = SecretCipher.NewKey(),
            OfflineTokensPerSecond = offlineTokensPerSecond,
            RequestsPerMinute = requestsPerMinute,
        };
        options = configure?.Invoke(options) ?? options;
        var prepared = await OvermindServer.PrepareAsync(options);
        var app = OvermindServer.Build(options, prepared);
        await app.StartAsync();
        var tenants = await TestTenants.CreateAsync(database);
        var server = new ApiServer(app, prepared, database, tenants, options.DataFolder);
        server.Admin = server.As(await server.KeyAsync(tenants.First.Admin));
        server.User = server.As(await server.KeyAsync(tenants.First.User));
        server.OtherUser = server.As(await server.KeyAsync(tenants.First.OtherUser));
        server.Viewer = server.As(await server.KeyAsync(tenants.First.Viewer));
        server.Stranger = server.As(await server.KeyAsync(tenants.Second.Admin));
        server.Reader = server.As(await server.KeyAsync(tenants.First.User, ApiKeyScope.Read));
        return server;
    }

    /// <summary>A new key of a member; all scopes unless others are given.</summary>
    public async Task<string> KeyAsync(Claims member, params ApiKeyScope[] scopes)
    {
        var token = ApiKeyToken.Generate(member.OrganizationId!.Value);
        string[] words = scopes.Length > 0 ? [.. scopes.Select(LowerSnake.Write)] : [.. ApiKeyScopes.All.Members().Select(LowerSnake.Write)];
        // As the owner: a viewer has keys from before, but makes none.
        await Database.ExecuteAsync(
            """
            insert into api_keys (organization_id, user_id, name, key_hash, key_prefix, scopes)
            values ($1, $2, 'Test', $3, $4, to_jsonb($5))
            """, token.OrganizationId, member.UserId!.Value, token.SecretHash, token.Prefix, words);
        return token.Text;
    }

    /// <summary>Gives a member a password: hashed in so few rounds that a test does not wait for it.</summary>
    public Task PasswordAsync(string email, string password) =>
        Database.ExecuteAsync("update users set password_hash = $2 where email = $1", email, new PasswordHasher(iterations: 1).Hash(password));

    public async ValueTask DisposeAsync()
    {
        foreach (var api in new[] { Admin, User, OtherUser, Viewer, Stranger, Reader })
            api.Dispose();
        await running.StopAsync();
        await running.DisposeAsync();
        await opened.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
