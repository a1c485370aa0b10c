using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>What is to change in a session; a member left null stays as it is.</summary>
public sealed record ConversationSessionPatch
{
    /// <summary>Active (again), paused or completed; abandoned is what a job makes of it.</summary>
    public ConversationSessionStatus? Status { get; init; }

    /// <summary>A JSON object of at most 1 MiB, replacing what is there.</summary>
    public JsonElement? SessionState { get; init; }

    /// <summary>What to know when it goes on: a JSON object of at most 1 MiB; to null: nothing.</summary>
    public Change<JsonElement?>? InterruptionContext { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(
            Status is not ConversationSessionStatus.Abandoned, "status", "status is active, paused or completed: a session is abandoned by itself, when nothing is said in it.");
        MessageParts.CheckSize(ref checks, "session_state", SessionState);
        MessageParts.CheckSize(ref checks, "interruption_context", InterruptionContext?.Value);
        checks.ThrowIfAny();
    }
}
