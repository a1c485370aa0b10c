using System.Text.Json;

namespace Overmind.Client;

/// <summary>Something that happened in a run. Types that a reader does not know are to be passed over.</summary>
/// <param name="Type">As <c>step.completed</c>.</param>
/// <param name="SequenceNumber">From 0, growing; where to go on from.</param>
/// <param name="Data">The whole event; its members by type are in docs/api.md.</param>
public sealed record RunEvent(string Type, long SequenceNumber, JsonElement Data)
{
    /// <summary>True for the event with which a run ends: its last one, unless a retry lets it go on.</summary>
    public bool IsTerminal => Type is "run.succeeded" or "run.failed" or "run.cancelled";

    /// <summary>The run, in the first event and the last; else null.</summary>
    public Run? Run => Data.TryGetProperty("run", out var run) ? run.Deserialize(ClientJson.Default.Run) : null;

    /// <summary>A member's text; null where it is absent or null.</summary>
    public string? Text(string member) => Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
