using System.Text.Json;

namespace Overmind.Agents;

/// <summary>Something that happened in a run. Within the run the numbers grow by one; removed <c>step.delta</c> events leave their numbers unused.</summary>
public sealed record RunEvent
{
    public required Guid RunId { get; init; }

    /// <summary>From 0.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>As <c>step.completed</c>. Types that a reader does not know are to be passed over.</summary>
    public required string Type { get; init; }

    /// <summary>The step it is about; null for events of the run.</summary>
    public Guid? StepId { get; init; }

    /// <summary>An object; its members by type are in ARCHITECTURE.md.</summary>
    public required JsonElement Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True for the event with which a run ends: its last one, unless a retry lets it go on.</summary>
    public bool IsTerminal => Type is RunEventTypes.RunSucceeded or RunEventTypes.RunFailed or RunEventTypes.RunCancelled;

    /// <summary>The event as one JSON object: <c>type</c>, <c>sequence_number</c>, <c>run_id</c>, <c>created_at</c> and the members of its data.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Type);
        writer.WriteNumber("sequence_number"u8, SequenceNumber);
        writer.WriteString("run_id"u8, RunId);
        writer.WriteString("created_at"u8, CreatedAt.UtcDateTime);
        foreach (var member in Data.EnumerateObject())
            member.WriteTo(writer);
        writer.WriteEndObject();
    }
}
