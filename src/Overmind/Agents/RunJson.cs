using System.Text.Encodings.Web;
using System.Text.Json;

namespace Overmind.Agents;

/// <summary>How runs, steps and what their events carry are written as JSON: snake_case, null members included.</summary>
public static class RunJson
{
    /// <summary>Only names and nulls are set here; enums, numbers and the rest are as the records' attributes say.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // The JSON goes to jsonb and to event streams, never into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
