using System.Text.Json.Serialization;

namespace Overmind.Conversations.Templates;

/// <summary>A message that a context template made.</summary>
public sealed record RenderedMessage
{
    [JsonConverter(typeof(LowerSnakeEnum<MessageRole>))]
    public required MessageRole Role { get; init; }

    public required string Content { get; init; }
}
