using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.WebConsole.Conversations;

/// <summary>A page of the list of conversations, newest first.</summary>
public sealed class ConversationsViewModel(OverviewStore overviews, ConversationService conversations, Claims claims)
{
    const int PageSize = 30;

    Guid? after;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ConversationOverview> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Reads the page after a conversation; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        after = last;
        try
        {
            var page = await overviews.ConversationsAsync(claims, last, PageSize, cancellationToken);
            Items = page.Items;
            Older = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public async Task RenameAsync(Guid id, string title, CancellationToken cancellationToken)
    {
        await conversations.UpdateAsync(claims, id, new ConversationPatch { Title = title }, null, cancellationToken);
        await LoadAsync(after, cancellationToken);
    }

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await conversations.DeleteAsync(claims, id, cancellationToken);
        await LoadAsync(after, cancellationToken);
    }
}
