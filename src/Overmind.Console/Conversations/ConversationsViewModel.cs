using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.WebConsole.Conversations;

/// <summary>A page of the list of conversations, newest first.</summary>
public sealed class ConversationsViewModel(OverviewStore overviews, ConversationService conversations, ConversationGroupService groups, Claims claims)
{
    const int PageSize = 30;

    ConversationsQuery query = new();

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ConversationOverview> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Whether there is none at all, archived or not.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>By name.</summary>
    public IReadOnlyList<ConversationGroup> Folders { get; private set; } = [];

    /// <summary>The most used first.</summary>
    public IReadOnlyList<ConversationGroup> Tags { get; private set; } = [];

    public bool MayWrite => claims.May(Permission.ContentWrite);

    public async Task LoadAsync(ConversationsQuery wanted, CancellationToken cancellationToken)
    {
        query = wanted;
        try
        {
            Folders = await groups.FoldersAsync(claims, cancellationToken);
            Tags = await groups.TagsAsync(claims, cancellationToken);
            var page = await overviews.ConversationsAsync(claims, query.Filter, query.After, PageSize, cancellationToken);
            Items = page.Items;
            Older = page.HasMore ? page.Items[^1].Id : null;
            IsEmpty = Items.Count == 0 && query == new ConversationsQuery()
                && (await overviews.ConversationsAsync(claims, ConversationFilter.All, null, 1, cancellationToken)).Items.Count == 0;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public async Task UpdateAsync(Guid id, ConversationPatch patch, CancellationToken cancellationToken)
    {
        await conversations.UpdateAsync(claims, id, patch, null, cancellationToken);
        await LoadAsync(query, cancellationToken);
    }

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await conversations.DeleteAsync(claims, id, cancellationToken);
        await LoadAsync(query, cancellationToken);
    }
}
