using System.Text.Json;

namespace Overmind.Agents;

/// <summary>
/// Keeps a schema's work within bounds: references stay inside it and never lead back to themselves, and what it comes to when each is
/// written out is limited (two references a level would otherwise double the work with every level).
/// </summary>
sealed class AnswerSchemaBounds
{
    const int MaxParts = 10_000;
    const int MaxPatternLength = 500;

    static readonly string[] Unsupported = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor", "$vocabulary"];

    readonly JsonElement _root;
    readonly Dictionary<string, long> _parts = new(StringComparer.Ordinal);
    readonly HashSet<string> _open = new(StringComparer.Ordinal);
    string? _fault;

    AnswerSchemaBounds(JsonElement root) => _root = root;

    /// <summary>What is out of bounds, in words for the schema's author; null when nothing is.</summary>
    public static string? Fault(JsonElement schema)
    {
        var bounds = new AnswerSchemaBounds(schema);
        var parts = bounds.Count(schema);
        return bounds._fault ?? (parts > MaxParts ? $"output_schema has at most {MaxParts} parts when its references are written out." : null);
    }

    long Count(JsonElement part) => part.ValueKind switch
    {
        _ when _fault is not null => 0,
        JsonValueKind.Object => part.EnumerateObject().Aggregate(1L, (sum, member) => Math.Min(MaxParts + 1, sum + Member(member))),
        JsonValueKind.Array => part.EnumerateArray().Aggregate(1L, (sum, item) => Math.Min(MaxParts + 1, sum + Count(item))),
        _ => 1,
    };

    long Member(JsonProperty member)
    {
        // Values to compare with, and definitions, which count where they are referred to.
        if (member.Name is "const" or "enum" or "default" or "examples" or "$defs" or "definitions")
            return 1;
        // Their members are named by the schema's author, and may be called as a keyword is.
        if (member.Name is "properties" or "patternProperties" or "dependentSchemas" && member.Value.ValueKind is JsonValueKind.Object)
            return member.Value.EnumerateObject().Aggregate(1L, (sum, named) => Math.Min(MaxParts + 1, sum + Count(named.Value)));
        var isText = member.Value.ValueKind is JsonValueKind.String;
        if (Unsupported.Contains(member.Name) && isText)
            return Fail($"output_schema has {member.Name}, which is not supported; refer to its own parts by $ref, as #/$defs/name.");
        if (member.Name is "pattern" && isText && member.Value.GetString()!.Length > MaxPatternLength)
            return Fail($"output_schema has a pattern of more than {MaxPatternLength} characters.");
        return member.Name is "$ref" && isText ? Referred(member.Value.GetString()!) : Count(member.Value);
    }

    long Referred(string reference)
    {
        if (_parts.TryGetValue(reference, out var known))
            return known;
        if (!_open.Add(reference))
            return Fail($"output_schema refers to itself in a circle by {reference}; write out as many levels as an answer may have.");
        if (Find(reference) is not { } target)
            return Fail($"output_schema refers to {reference}, which is no part of it; a reference is #/$defs/name.");
        var parts = Count(target);
        _open.Remove(reference);
        return _parts[reference] = parts;
    }

    JsonElement? Find(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return null;
        var at = _root;
        foreach (var step in reference[2..].Split('/').Select(s => Uri.UnescapeDataString(s).Replace("~1", "/").Replace("~0", "~")))
        {
            if (at.ValueKind is JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind is JsonValueKind.Array && int.TryParse(step, out var index) && index >= 0 && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }
        return at;
    }

    long Fail(string fault)
    {
        _fault ??= fault;
        return 0;
    }
}
