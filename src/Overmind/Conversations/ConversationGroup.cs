using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>A folder or a tag, with the conversations in it that one sees.</summary>
/// <param name="Object">Always <c>conversation.group</c>.</param>
/// <param name="LastActivityAt">When the last message was added to one of them.</param>
public sealed record ConversationGroup(
    [property: JsonPropertyOrder(-1)] string Object, string Name, long ConversationCount, long ArchivedCount, DateTimeOffset LastActivityAt);
