using Overmind.Agents;
using Overmind.WebConsole.Access;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>The latest conversations, for the navigation and the palette. One a page; pages say when something changed.</summary>
public sealed class RecentConversations(OverviewStore overviews, SignedInMember member)
{
    public IReadOnlyList<ConversationOverview> Items { get; private set; } = [];

    /// <summary>Comes on whatever page refreshed them.</summary>
    public event EventHandler? Changed;

    /// <summary>Reads them again. When they cannot be read, those from before stay.</summary>
    public async Task RefreshAsync()
    {
        try
        {
            Items = (await overviews.ConversationsAsync(
                await member.ClaimsAsync(), new ConversationFilter { Status = ConversationStatus.Active }, null, PageRequest.MaxLimit, CancellationToken.None)).Items;
        }
        catch (Exception)
        {
            return;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
