using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>A run's snapshot as JSON: snake_case members, enums as lower_snake words.</summary>
static class RunSnapshotJson
{
    /// <summary>The options of the stored form.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>The stored form.</summary>
    public static string Write(RunSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Options);

    /// <summary>The snapshot of a stored form.</summary>
    /// <exception cref="JsonException">The text is not a snapshot.</exception>
    public static RunSnapshot Read(string json) =>
        JsonSerializer.Deserialize<RunSnapshot>(json, Options) ?? throw new JsonException("A snapshot is not null.");

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
