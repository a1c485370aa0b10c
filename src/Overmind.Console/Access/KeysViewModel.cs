using Overmind.Access;
using Overmind.Postgres;
using Overmind.Tenancy;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Access;

/// <summary>One's own API keys, for an admin those of the organization, newest first.</summary>
public sealed class KeysViewModel(ApiKeyService keys, MemberService members, Claims claims, TimeProvider time)
{
    IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ApiKey> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Whether keys of others are shown, too.</summary>
    public bool SeesOthers => claims.May(Permission.ContentManage);

    /// <summary>The token of the key that was just made, until it is kept.</summary>
    public string? Token { get; set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads the page after a key; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            var page = await keys.ListAsync(claims, new PageRequest { After = last, Limit = 50 }, cancellationToken);
            if (SeesOthers)
                _names = (await members.ListAsync(claims, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken)).Items.ToDictionary(m => m.UserId, m => m.DisplayName);
            (Items, Older, State) = (page.Items, page.HasMore ? page.Items[^1].Id : null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>For whom a key acts.</summary>
    public string MemberOf(ApiKey key) => key.UserId == claims.UserId ? "you" : _names.GetValueOrDefault(key.UserId) ?? "a member";

    /// <summary>What has become of a key, and in which tone that is told.</summary>
    public (string Word, string Tone) StatusOf(ApiKey key) => key switch
    {
        { IsActive: false } => ("revoked", ""),
        _ when key.ExpiresAt <= time.GetUtcNow() => ("expired", ""),
        { RotatedAt: not null } => ("being replaced", "warn"),
        _ => ("active", "good"),
    };

    public bool MayRevoke(ApiKey key) => MayWrite && IsInForce(key);

    /// <summary>The new key would act for the same member: only they get it.</summary>
    public bool MayRotate(ApiKey key) => MayRevoke(key) && key.RotatedAt is null && key.UserId == claims.UserId;

    /// <summary>Makes a key; what it throws is shown by the form.</summary>
    public async Task CreateAsync(KeyForm form, CancellationToken cancellationToken)
    {
        var (made, token) = await keys.CreateAsync(claims, form.ToNew(time.GetUtcNow()), cancellationToken);
        (Items, Token, Refusal) = ([made, .. Items], token.Text, null);
    }

    public Task RotateAsync(Guid id, TimeSpan grace, Guid? last, CancellationToken cancellationToken) => DoAsync(
        async () => Token = (await keys.RotateAsync(claims, id, grace, cancellationToken)).Token.Text, last, cancellationToken);

    public Task RevokeAsync(Guid id, Guid? last, CancellationToken cancellationToken) => DoAsync(
        () => keys.RevokeAsync(claims, id, cancellationToken), last, cancellationToken);

    bool IsInForce(ApiKey key) => key.IsActive && !(key.ExpiresAt <= time.GetUtcNow());

    async Task DoAsync(Func<Task> act, Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
        await LoadAsync(last, cancellationToken);
    }
}
