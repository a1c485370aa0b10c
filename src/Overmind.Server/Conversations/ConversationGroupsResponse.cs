using Overmind.Conversations;

namespace Overmind.Server.Conversations;

/// <summary>All folders, or all tags; they have no cursors.</summary>
sealed record ConversationGroupsResponse(IReadOnlyList<ConversationGroup> Data)
{
    public string Object { get; } = "conversation.groups";
}
