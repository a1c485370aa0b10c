using System.Text.Json.Serialization;

namespace Overmind.Client;

sealed record ConversationGroups
{
    [JsonPropertyName("data")]
    public required IReadOnlyList<ConversationGroup> Items { get; init; }
}
