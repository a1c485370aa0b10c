using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a session; what is null stays as it is.</summary>
public sealed record ConversationSessionChanges
{
    /// <summary><c>active</c> (again), <c>paused</c> or <c>completed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>A JSON object, replacing what is there.</summary>
    public JsonElement? SessionState { get; init; }

    /// <summary>What to know when it goes on: a JSON object.</summary>
    public JsonElement? InterruptionContext { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>interruption_context</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="ConversationSession.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
