using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>Who speaks in a message.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MessageRole>))]
public enum MessageRole
{
    System,
    User,
    Assistant,
    Tool,
}
