using System.Text.Json.Nodes;

namespace Overmind.Server.Tests.Documentation;

/// <summary>Whether what a request may hold has become less.</summary>
static class SchemaLimits
{
    static readonly string[] Upper = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
    static readonly string[] Lower = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];

    public static void Compare(JsonNode before, JsonNode after, Action<string> tell)
    {
        foreach (var limit in Upper)
            if (after[limit] is { } now && (before[limit] is not { } was || (double)now < (double)was))
                tell($"now has the {limit} {now}");
        foreach (var limit in Lower)
            if (after[limit] is { } now && (before[limit] is not { } was || (double)now > (double)was))
                tell($"now has the {limit} {now}");
        if (after["pattern"] is { } pattern && (string?)before["pattern"] != (string?)pattern)
            tell($"now has the pattern {pattern}");
        if (after["enum"] is not JsonArray words)
            return;
        if (before["enum"] is not JsonArray old)
            tell($"now is one of {words.ToJsonString()}");
        else if (Words(old).Except(Words(words)).ToList() is { Count: > 0 } lost)
            tell($"no longer takes {string.Join(", ", lost)}");
    }

    static IEnumerable<string> Words(JsonArray words) => words.Select(word => word?.ToJsonString() ?? "null");
}
