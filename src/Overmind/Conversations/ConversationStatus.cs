using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>What a conversation is: in use, or put away. Deleted ones are not shown.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ConversationStatus>))]
public enum ConversationStatus
{
    Active,
    Archived,
}
