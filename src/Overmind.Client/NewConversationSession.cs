using System.Text.Json;

namespace Overmind.Client;

/// <summary>A session to be begun; everything may be left out.</summary>
public sealed record NewConversationSession
{
    public Guid? AgentId { get; init; }

    /// <summary>What the application remembers of it: a JSON object.</summary>
    public JsonElement? SessionState { get; init; }
}
