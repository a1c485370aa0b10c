using System.Text.Json.Serialization;

namespace Overmind.Conversations.Search;

/// <summary>What is searched: the text of messages, or the titles of conversations.</summary>
[JsonConverter(typeof(LowerSnakeEnum<SearchType>))]
public enum SearchType
{
    Messages,
    Conversations,
}
