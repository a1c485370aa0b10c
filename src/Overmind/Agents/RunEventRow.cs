using System.Text.Json;

namespace Overmind.Agents;

/// <summary>An event as <see cref="RunStore"/> reads it.</summary>
sealed record RunEventRow
{
    public Guid RunId { get; init; }

    public long SequenceNumber { get; init; }

    public string Type { get; init; } = "";

    public Guid? StepId { get; init; }

    public string Data { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public RunEvent ToEvent() => new()
    {
        RunId = RunId,
        SequenceNumber = SequenceNumber,
        Type = Type,
        StepId = StepId,
        Data = JsonElement.Parse(Data),
        CreatedAt = CreatedAt,
    };
}
