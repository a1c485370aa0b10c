using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>A call whose answer others may wait for. It holds a lease as long as it lives, and tells them when it ends.</summary>
sealed class CacheFlight : IAsyncDisposable
{
    /// <summary>When its process dies, who waits goes on after this time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    readonly CacheStore _store;
    readonly Claims _claims;
    readonly string _key;
    readonly PeriodicTimer _timer;
    readonly Task _renewing;
    readonly Action<Exception> _failed;

    public CacheFlight(CacheStore store, Claims claims, string key, Guid holder, TimeProvider time, Action<Exception> failed)
    {
        (_store, _claims, _key, Holder, _failed) = (store, claims, key, holder, failed);
        _timer = new PeriodicTimer(Renewal, time);
        _renewing = Task.Run(RenewAsync);
    }

    public Guid Holder { get; }

    /// <summary>True once those who wait have been told.</summary>
    public bool HasEnded { get; set; }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _renewing;
        if (HasEnded) return;
        try
        {
            await _store.EndAsync(_claims, _key, Holder, CancellationToken.None);
        }
        catch (Exception failure)
        {
            _failed(failure);
        }
    }

    async Task RenewAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                await _store.BeginAsync(_claims, _key, Holder, Lease, CancellationToken.None);
            }
            catch (Exception failure)
            {
                _failed(failure);
            }
        }
    }
}
