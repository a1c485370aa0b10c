using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>How far a session of a conversation is.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ConversationSessionStatus>))]
public enum ConversationSessionStatus
{
    /// <summary>It takes messages.</summary>
    Active,

    /// <summary>It was interrupted and may go on.</summary>
    Paused,

    /// <summary>It has ended for good.</summary>
    Completed,

    /// <summary>Nothing was said in it for long; it may go on.</summary>
    Abandoned,
}
