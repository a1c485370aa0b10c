using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>A session to be begun.</summary>
public sealed record NewConversationSession
{
    /// <summary>Given beforehand, so that beginning it twice begins one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? AgentId { get; init; }

    /// <summary>A JSON object of at most 1 MiB. Default: empty.</summary>
    public JsonElement? SessionState { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        MessageParts.CheckSize(ref checks, "session_state", SessionState);
        checks.ThrowIfAny();
    }
}
