using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>The least that a schema takes: the members that it requires, so that a request is refused for who sends it and for nothing else.</summary>
static class SampleBody
{
    // What a schema says in words alone.
    static readonly Dictionary<string, string> Texts = new()
    {
        ["email"] = "somebody@example.com",
        ["password"] = "correct horse battery",
        ["url"] = "https://example.com/hooks",
        ["model"] = "offline/offline",
        ["tier"] = "free",
        ["currency"] = "GBP",
        ["valid_from"] = "2026-01-01",
        ["rate"] = "0.79",
        ["limit_amount"] = "100",
        ["agents"] = "creative",
        ["message_id"] = "019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77",
    };

    // A filter that names nothing, and a message that says nothing, are refused whoever sends them.
    static readonly Dictionary<string, string> OneOfSeveral = new() { ["#/components/schemas/JobFilter"] = "kind", ["#/components/schemas/NewMessage"] = "content" };

    public static JsonNode Of(JsonElement document, JsonElement schema)
    {
        var body = new JsonObject();
        var described = Resolved(document, schema);
        foreach (var name in Required(schema, described))
            body[name] = Value(document, name, Resolved(document, described.GetProperty("properties").GetProperty(name)));
        return body;
    }

    static IEnumerable<string> Required(JsonElement schema, JsonElement described)
    {
        if (schema.TryGetProperty("$ref", out var reference) && OneOfSeveral.TryGetValue(reference.GetString()!, out var one))
            return [one];
        return described.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [];
    }

    static JsonNode Value(JsonElement document, string name, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var words))
            return words[0].GetString()!;
        // The first of several forms.
        if (schema.TryGetProperty("oneOf", out var forms))
            return Value(document, name, forms[0]);
        return schema.GetProperty("type").GetString() switch
        {
            "integer" => schema.GetProperty("minimum").GetInt32(),
            "array" => new JsonArray(Value(document, name, Resolved(document, schema.GetProperty("items")))),
            "object" when schema.TryGetProperty("properties", out _) => Of(document, schema),
            _ when schema.TryGetProperty("format", out var format) && format.ValueEquals("date-time") => "2026-01-01T00:00:00Z",
            _ => Texts.GetValueOrDefault(name, "sample"),
        };
    }

    static JsonElement Resolved(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, part) => at.GetProperty(part))
        : schema;
}
