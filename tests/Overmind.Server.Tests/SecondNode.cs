using Microsoft.AspNetCore.Builder;

namespace Overmind.Server.Tests;

/// <summary>Another server on the database of one that runs.</summary>
public sealed class SecondNode : IAsyncDisposable
{
    readonly WebApplication _running;
    readonly PreparedDatabase _opened;

    SecondNode(WebApplication running, PreparedDatabase opened) => (_running, _opened) = (running, opened);

    public static async Task<SecondNode> StartAsync(ApiServer first, string encryptionKey)
    {
        var options = new OvermindServerOptions
        {
            DatabaseUrl = first.Database.OwnerConnectionString,
            Host = "127.0.0.1",
            Port = 0,
            DataFolder = first.DataFolder,
            EncryptionKey = encryptionKey,
        };
        var prepared = await OvermindServer.PrepareAsync(options);
        var app = OvermindServer.Build(options, prepared);
        await app.StartAsync();
        return new SecondNode(app, prepared);
    }

    public Api As(string key) => new(new Uri(_running.Urls.Single()), key);

    public async ValueTask DisposeAsync()
    {
        await _running.StopAsync();
        await _running.DisposeAsync();
        await _opened.DisposeAsync();
    }
}
