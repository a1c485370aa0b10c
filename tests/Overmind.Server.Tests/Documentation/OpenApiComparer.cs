using System.Text.Json.Nodes;

namespace Overmind.Server.Tests.Documentation;

/// <summary>
/// Finds what a caller of the old API would trip over in the new one: a line each, with the place. What is only more, as a route, a
/// member of an answer or an optional one of a request, is no break.
/// </summary>
sealed class OpenApiComparer
{
    static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    readonly JsonNode _old;
    readonly JsonNode _new;
    readonly List<string> _breaks = [];
    readonly HashSet<(string, string, bool)> _compared = [];

    OpenApiComparer(JsonNode before, JsonNode after) => (_old, _new) = (before, after);

    public static IReadOnlyList<string> Breaks(JsonNode before, JsonNode after)
    {
        var comparer = new OpenApiComparer(before, after);
        foreach (var (path, operations) in before["paths"]!.AsObject())
            comparer.ComparePath(path, operations!, after["paths"]![path]);
        return comparer._breaks;
    }

    void ComparePath(string path, JsonNode before, JsonNode? after)
    {
        foreach (var (method, operation) in before.AsObject().Where(member => Methods.Contains(member.Key)))
        {
            var place = $"{method.ToUpperInvariant()} {path}";
            if (after?[method] is not { } still)
                Break(place, "is gone");
            else
                CompareOperation(place, operation!, still, before["parameters"], after["parameters"]);
        }
    }

    void CompareOperation(string place, JsonNode before, JsonNode after, JsonNode? sharedBefore, JsonNode? sharedAfter)
    {
        if ((string?)before["operationId"] is { } id && id != (string?)after["operationId"])
            Break(place, $"is no longer called {id}");
        CompareParameters(place, Parameters(_old, before, sharedBefore), Parameters(_new, after, sharedAfter));
        CompareBody(place, before["requestBody"], after["requestBody"]);
        CompareResponses(place, before["responses"]!, after["responses"]!);
    }

    void CompareParameters(string place, Dictionary<string, JsonNode> before, Dictionary<string, JsonNode> after)
    {
        foreach (var (name, parameter) in before)
            if (!after.TryGetValue(name, out var still))
                Break(place, $"no longer takes {name}");
            else
            {
                if (IsTrue(still["required"]) && !IsTrue(parameter["required"]))
                    Break(place, $"now requires {name}");
                CompareSchema($"{place} {name}", parameter["schema"], still["schema"], isRequest: true);
            }
        foreach (var (name, added) in after)
            if (!before.ContainsKey(name) && IsTrue(added["required"]))
                Break(place, $"now requires {name}");
    }

    void CompareBody(string place, JsonNode? before, JsonNode? after)
    {
        if (IsTrue(after?["required"]) && !IsTrue(before?["required"]))
            Break(place, "now requires a body");
        CompareContent($"{place} body", before, after, isRequest: true);
    }

    void CompareResponses(string place, JsonNode before, JsonNode after)
    {
        foreach (var (status, response) in before.AsObject())
            if (after[status] is not { } still)
                Break(place, $"no longer answers {status}");
            else
                CompareContent($"{place} {status}", Resolve(_old, response), Resolve(_new, still), isRequest: false);
    }

    void CompareContent(string place, JsonNode? before, JsonNode? after, bool isRequest)
    {
        if (before?["content"] is not JsonObject content)
            return;
        foreach (var (type, media) in content)
            if (after?["content"]?[type] is not { } still)
                Break(place, $"is no longer {type}");
            else
                CompareSchema(place, media!["schema"], still["schema"], isRequest);
    }

    void CompareSchema(string place, JsonNode? before, JsonNode? after, bool isRequest)
    {
        // A schema that contains itself is compared once.
        if ((string?)before?["$ref"] is { } from && (string?)after?["$ref"] is { } to && !_compared.Add((from, to, isRequest)))
            return;
        (before, after) = (Resolve(_old, before), Resolve(_new, after));
        if (before is null || after is null)
            return;
        CompareTypes(place, before, after, isRequest);
        if (isRequest)
            SchemaLimits.Compare(before, after, what => Break(place, what));
        CompareProperties(place, before, after, isRequest);
        if (before["items"] is { } items)
            CompareSchema($"{place}[]", items, after["items"], isRequest);
        if (before["additionalProperties"] is JsonObject values)
            CompareSchema($"{place}.*", values, after["additionalProperties"] as JsonObject, isRequest);
        foreach (var union in new[] { "anyOf", "oneOf", "allOf" })
            CompareUnion(place, before[union] as JsonArray, after[union] as JsonArray, isRequest);
    }

    // A request may be more than it was, an answer less.
    void CompareTypes(string place, JsonNode before, JsonNode after, bool isRequest)
    {
        var (was, now) = (Types(before), Types(after));
        var lost = isRequest ? Missing(was, now) : Missing(now, was);
        if (was.Count > 0 && now.Count > 0 && lost.Count > 0)
            Break(place, isRequest ? $"no longer takes {string.Join(", ", lost)}" : $"may now be {string.Join(", ", lost)}");
        if ((string?)before["format"] is var format && format != (string?)after["format"] && (isRequest ? after["format"] is not null : format is not null))
            Break(place, $"has the format {after["format"]} instead of {format}");
        if (before["const"] is { } constant && after["const"]?.ToJsonString() != constant.ToJsonString())
            Break(place, $"is no longer {constant.ToJsonString()}");
    }

    void CompareProperties(string place, JsonNode before, JsonNode after, bool isRequest)
    {
        var (required, requiredNow) = (Names(before["required"]), Names(after["required"]));
        if (before["properties"] is not JsonObject properties)
            return;
        foreach (var (name, property) in properties)
            if (after["properties"]?[name] is { } still)
                CompareSchema($"{place}.{name}", property, still, isRequest);
            else
                Break($"{place}.{name}", "is gone");
        foreach (var name in isRequest ? requiredNow.Except(required) : required.Except(requiredNow).Where(name => after["properties"]?[name] is not null))
            Break($"{place}.{name}", isRequest ? "is now required" : "may now be left out");
    }

    void CompareUnion(string place, JsonArray? before, JsonArray? after, bool isRequest)
    {
        if (before is null || after is null)
            return;
        if (isRequest ? after.Count < before.Count : after.Count > before.Count)
            Break(place, $"has {after.Count} alternatives instead of {before.Count}");
        foreach (var (was, now) in before.Zip(after))
            CompareSchema(place, was, now, isRequest);
    }

    void Break(string place, string what) => _breaks.Add($"{place} {what}");

    static Dictionary<string, JsonNode> Parameters(JsonNode document, JsonNode operation, JsonNode? shared) =>
        new[] { shared, operation["parameters"] }.OfType<JsonArray>().SelectMany(list => list)
            .Select(parameter => Resolve(document, parameter)!)
            .ToDictionary(parameter => (string)parameter["name"]!);

    static JsonNode? Resolve(JsonNode document, JsonNode? node)
    {
        while ((string?)node?["$ref"] is { } reference)
            node = reference[2..].Split('/').Aggregate(document, (at, part) => at[part.Replace("~1", "/")]!);
        return node;
    }

    static List<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => (string)type!)],
        { } one => [(string)one!],
        null => [],
    };

    // An integer is a number.
    static List<string> Missing(List<string> needed, List<string> given) =>
        [.. needed.Where(type => !given.Contains(type) && !(type == "integer" && given.Contains("number")))];

    static IEnumerable<string> Names(JsonNode? list) => list is JsonArray names ? names.Select(name => (string)name!) : [];

    static bool IsTrue(JsonNode? flag) => flag is not null && (bool)flag;
}
