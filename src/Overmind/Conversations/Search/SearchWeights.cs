using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Errors;

namespace Overmind.Conversations.Search;

/// <summary>How much each part of a score counts, 0 to 10; null: as the organization's settings say, else the default.</summary>
public sealed record SearchWeights
{
    static readonly string[] Names = ["text", "vector", "recency", "importance", "neighbours"];

    internal static SearchWeights Preset { get; } = new() { Text = 1, Vector = 1, Recency = 0.1, Importance = 0.2, Neighbours = 0.35 };

    /// <summary>Words. Default: 1.</summary>
    public double? Text { get; init; }

    /// <summary>Meaning. Default: 1.</summary>
    public double? Vector { get; init; }

    /// <summary>Freshness. Default: 0.1.</summary>
    public double? Recency { get; init; }

    /// <summary>Importance, of memories. Default: 0.2.</summary>
    public double? Importance { get; init; }

    /// <summary>What stands before and after. Default: 0.35.</summary>
    public double? Neighbours { get; init; }

    /// <summary>Reads <c>text:1,vector:0.5</c>.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>.</exception>
    public static SearchWeights Parse(string text)
    {
        var given = new Dictionary<string, double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Names.Contains(part[..colon]) || !double.TryParse(part.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !given.TryAdd(part[..colon], value))
                throw new OvermindException(
                    ErrorCode.InvalidParameter, $"weights are given as text:1,vector:0.5; there are {string.Join(", ", Names)}.", "weights");
        }

        return new SearchWeights
        {
            Text = Of("text"),
            Vector = Of("vector"),
            Recency = Of("recency"),
            Importance = Of("importance"),
            Neighbours = Of("neighbours"),
        };

        double? Of(string name) => given.TryGetValue(name, out var value) ? value : null;
    }

    internal void Check(ref Checks checks, string prefix)
    {
        foreach (var (name, value) in Members())
            checks.Require(value is null or (>= 0 and <= 10), $"{prefix}.{name}", $"{prefix}.{name} is 0 to 10.");
    }

    internal string ToJson() => ToObject().ToJsonString();

    /// <summary>What an organization's settings say; a member of another type or out of range counts as not set. <c>overmind.search_weights()</c> reads the same.</summary>
    internal static SearchWeights Read(JsonElement root)
    {
        if (!root.TryGetProperty("search_weights", out var given) || given.ValueKind is not JsonValueKind.Object)
            return Preset;
        return new SearchWeights
        {
            Text = Of("text") ?? Preset.Text,
            Vector = Of("vector") ?? Preset.Vector,
            Recency = Of("recency") ?? Preset.Recency,
            Importance = Of("importance") ?? Preset.Importance,
            Neighbours = Of("neighbours") ?? Preset.Neighbours,
        };

        double? Of(string name) =>
            given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.GetDouble() is >= 0 and <= 10 and var weight ? weight : null;
    }

    internal JsonObject ToObject()
    {
        var json = new JsonObject();
        foreach (var (name, value) in Members())
            if (value is { } given) json[name] = given;
        return json;
    }

    IEnumerable<(string Name, double? Value)> Members() => Names.Zip<string, double?>([Text, Vector, Recency, Importance, Neighbours]);
}
