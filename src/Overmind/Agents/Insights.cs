using System.Text.Json;

namespace Overmind.Agents;

/// <summary>The core insights in a distilled JSON answer.</summary>
public static class Insights
{
    /// <summary>Null when the answer can be used; otherwise the reason in words to send back.</summary>
    public static string? Violation(string text)
    {
        var json = JsonAnswer.Parse(text, out var reason);
        if (json is null) return reason;
        return Read(json.Value).Count > 0 ? null : "It has no \"core_insights\" array with at least one string.";
    }

    /// <summary>The strings of <c>core_insights</c> (or <c>insights</c>, or of the array itself); empty when there are none.</summary>
    public static IReadOnlyList<string> Read(string text) => JsonAnswer.Parse(text, out _) is { } json ? Read(json) : [];

    static List<string> Read(JsonElement json)
    {
        var array = json;
        if (json.ValueKind is JsonValueKind.Object && !json.TryGetProperty("core_insights", out array) && !json.TryGetProperty("insights", out array))
            return [];
        return array.ValueKind is not JsonValueKind.Array
            ? []
            : [.. array.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(Text).Where(s => !string.IsNullOrWhiteSpace(s))];
    }

    static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is legal JSON and no text.
            return "";
        }
    }
}
