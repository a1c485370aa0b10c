using System.Globalization;
using System.Text.Json;
using Overmind.Agents;

namespace Overmind.WebConsole.Agents;

/// <summary>Reads members of an event's data; one that is missing, or of another type, is null.</summary>
static class RunEventJson
{
    public static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static int? Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    public static double? Real(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    public static bool Flag(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    /// <summary>Money is a decimal string in JSON.</summary>
    public static decimal? Money(JsonElement data, string name) =>
        !data.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number
        : value.ValueKind is JsonValueKind.String && decimal.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    public static StepPhase Phase(JsonElement data) => LowerSnake.Read<StepPhase>(Text(data, "phase") ?? "") ?? StepPhase.Agent;

    public static RunWaiting? Waiting(JsonElement data) => data.Deserialize<RunWaiting>(RunJson.Options);

    /// <summary>The run a terminal event carries.</summary>
    public static Run? Run(JsonElement data) => data.TryGetProperty("run", out var run) ? run.Deserialize<Run>(RunJson.Options) : null;
}
