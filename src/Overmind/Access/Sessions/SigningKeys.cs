using System.Text.Json.Nodes;
using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>
/// The keys of access tokens as this node knows them: read on first use, when a key is added (NOTIFY <c>signing_key_changed</c>), and when a token names
/// one that is not known, at most once a second.
/// </summary>
public sealed class SigningKeys : IDisposable
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1);

    readonly SigningKeyStore _store;
    readonly TimeProvider _time;
    readonly SemaphoreSlim _reading = new(1);
    IReadOnlyList<SigningKey>? _keys;
    DateTimeOffset _readAt;

    public SigningKeys(Database database, SecretCipher cipher, NotificationListener listener, TimeProvider time)
        : this(database, cipher, time) => listener.Subscribe("signing_key_changed", _ => Volatile.Write(ref _keys, null));

    internal SigningKeys(Database database, SecretCipher cipher, TimeProvider time) => (_store, _time) = (new SigningKeyStore(database, cipher), time);

    /// <summary>The key set that others verify by (RFC 7517, section 5).</summary>
    public async Task<JsonObject> PublicAsync(CancellationToken cancellationToken) =>
        new() { ["keys"] = new JsonArray([.. (await AllAsync(cancellationToken)).Select(key => key.PublicKey.DeepClone())]) };

    /// <summary>A new key signs from now on; what older ones signed stays good until it expires.</summary>
    public async Task<Guid> RotateAsync(CancellationToken cancellationToken)
    {
        var key = SigningKey.Generate();
        await _store.AddAsync(key, rotate: true, cancellationToken);
        Volatile.Write(ref _keys, null);
        return key.Id;
    }

    public void Dispose() => _reading.Dispose();

    internal async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken))[0];

    /// <summary>Null when there is none of this id.</summary>
    internal async ValueTask<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(await AllAsync(cancellationToken), id) is { } known)
            return known;
        if (!Guid.TryParse(id, out _) || _time.GetUtcNow() - _readAt < BetweenReads)
            return null;
        Volatile.Write(ref _keys, null);
        return Find(await AllAsync(cancellationToken), id);
    }

    static SigningKey? Find(IReadOnlyList<SigningKey> keys, string id) => keys.FirstOrDefault(key => key.SecurityKey.KeyId == id);

    async ValueTask<IReadOnlyList<SigningKey>> AllAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _keys) is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _keys) is { } meanwhile)
                return meanwhile;
            var keys = await _store.ListAsync(cancellationToken);
            if (keys.Count == 0)
            {
                await _store.AddAsync(SigningKey.Generate(), rotate: false, cancellationToken);
                keys = await _store.ListAsync(cancellationToken);
            }
            _readAt = _time.GetUtcNow();
            Volatile.Write(ref _keys, keys);
            return keys;
        }
        finally
        {
            _reading.Release();
        }
    }
}
