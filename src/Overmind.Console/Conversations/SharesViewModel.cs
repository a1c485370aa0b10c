using Overmind.Conversations.Sharing;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>Links to conversations, newest first: one's own, or for admins everybody's.</summary>
public sealed class SharesViewModel(ShareService shares, Claims claims)
{
    const int PageSize = 50;

    Guid? after;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Share> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        after = last;
        try
        {
            var page = await shares.ListAsync(claims, null, new PageRequest { Limit = PageSize, After = last }, cancellationToken);
            Items = page.Items;
            Older = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public async Task RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await shares.RevokeAsync(claims, id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The link could not be revoked. Try again.");
        }
        await LoadAsync(after, cancellationToken);
    }
}
