using System.Text.Json;

namespace Overmind.Models.Offline;

/// <summary>The core insights in a prompt's insights section.</summary>
static class DistilledInsights
{
    /// <summary>Its strings; none when the section is missing or is not the JSON that was asked for.</summary>
    public static List<string> Read(string? json)
    {
        if (json is null) return [];
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Object && !root.TryGetProperty("core_insights", out root)) return [];
            return root.ValueKind is not JsonValueKind.Array
                ? []
                : [.. root.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => Words.OneLine(e.GetString()!, 240))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
