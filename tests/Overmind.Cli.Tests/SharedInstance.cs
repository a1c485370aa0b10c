namespace Overmind.Cli.Tests;

/// <summary>
/// An instance that several tests ask, brought up by the first of them. Its offline model writes 4,000 tokens a second, so that there is a
/// middle to interrupt.
/// </summary>
public sealed class SharedInstance : IAsyncDisposable
{
    readonly SemaphoreSlim starting = new(1);
    TemporaryInstance? instance;
    OvermindProcess? up;

    /// <summary>The data folder of the running instance.</summary>
    public async Task<string> DataAsync() => (await RunningAsync()).Data;

    /// <summary>What psql prints for a query, unaligned and without header.</summary>
    public async Task<string> PsqlAsync(string sql) => await (await RunningAsync()).PsqlAsync(sql);

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (up is null)
            return;
        await up.StopAsync();
        up.Dispose();
        await instance!.DisposeAsync();
    }

    async Task<TemporaryInstance> RunningAsync()
    {
        await starting.WaitAsync();
        try
        {
            instance ??= new TemporaryInstance();
            up ??= await OvermindProcess.UpAsync(instance.Data, new Dictionary<string, string> { ["OVERMIND_OFFLINE_TOKENS_PER_SECOND"] = "4000" });
            return instance;
        }
        finally
        {
            starting.Release();
        }
    }
}
