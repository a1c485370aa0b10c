using Overmind.Conversations;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations.Tree;

/// <summary>A page of a conversation's tree, from its beginning.</summary>
public sealed class TreeViewModel(ConversationService conversations, BranchService branches, Claims claims, Guid id)
{
    const int PageSize = 100;

    public LoadState State { get; private set; } = LoadState.Loading;

    public Conversation? Conversation { get; private set; }

    public BranchGraph Graph { get; private set; } = BranchGraph.Empty;

    /// <summary>The last message shown, when there are later ones.</summary>
    public Guid? Later { get; private set; }

    /// <summary>Why a branch could not be shown.</summary>
    public string? Refusal { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <param name="after">The last message of the page before; null: the first page.</param>
    public async Task LoadAsync(Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            Conversation = await conversations.GetAsync(claims, id, cancellationToken);
            var page = await branches.TreeAsync(claims, id, new PageRequest { Limit = PageSize, Order = PageOrder.Asc, After = after }, cancellationToken);
            Graph = BranchGraph.Of(page.Items);
            Later = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Makes a branch the one that is shown and goes on; whether it is now.</summary>
    public async Task<bool> ShowAsync(int branch, CancellationToken cancellationToken)
    {
        try
        {
            await conversations.UpdateAsync(claims, id, new ConversationPatch { ActiveBranch = branch }, null, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The branch could not be shown. Try again.");
            return false;
        }
    }
}
