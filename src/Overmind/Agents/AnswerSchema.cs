using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Overmind.Agents;

/// <summary>
/// The JSON Schema of a <c>json</c> agent: draft 2020-12, complete in itself. What could make checking an answer slow or endless is refused
/// when the schema is stored: references to elsewhere or in circles, deep nesting, and patterns that cannot be matched in linear time.
/// </summary>
public static class AnswerSchema
{
    /// <summary>Of a schema, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    static readonly EvaluationOptions Listing = new() { OutputFormat = Json.Schema.OutputFormat.List };
    static readonly Dialect Bounded = Dialect.Draft202012.With([new LinearPattern(), new LinearPatternProperties()], new Uri("urn:overmind:answer-schema"), null, null);

    /// <summary>Why a text is no schema that can be used, in words for its author; null when it is one.</summary>
    public static string? Fault(string schema)
    {
        if (schema.Length > MaxLength)
            return $"output_schema has at most {MaxLength} characters, not {schema.Length}.";
        try
        {
            using var document = JsonDocument.Parse(schema, Reading);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return "output_schema is a JSON Schema, which is an object.";
            if (document.RootElement.TryGetProperty("$schema", out var draft) && !IsDraft(draft))
                return $"output_schema is of draft 2020-12: leave $schema out, or make it {Draft}.";
            if (AnswerSchemaBounds.Fault(document.RootElement) is { } unbounded)
                return unbounded;
            Build(document.RootElement);
            return null;
        }
        catch (Exception fault) when (fault is JsonException or JsonSchemaException or RefResolutionException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return $"output_schema is no JSON Schema of draft 2020-12: {fault.Message}";
        }
    }

    /// <summary>Null when the answer keeps to the schema; otherwise where it does not, in words to send back.</summary>
    /// <param name="schema">One that was stored.</param>
    /// <param name="answer">JSON, as <see cref="JsonAnswer"/> takes it.</param>
    public static string? Violation(string schema, string answer)
    {
        const int told = 5;
        if (JsonAnswer.Parse(answer, out var reason) is not { } value)
            return reason;
        using var document = JsonDocument.Parse(schema, Reading);
        var result = Build(document.RootElement).Evaluate(value, Listing);
        if (result.IsValid)
            return null;
        var faults = (result.Details ?? []).Prepend(result)
            .SelectMany(detail => (detail.Errors ?? []).Values.Select(error => $"{Place(detail)}: {error}."))
            .Distinct().Take(told).ToList();
        return "It is JSON, but does not keep to its JSON Schema. " + string.Join(" ", faults);
    }

    static bool IsDraft(JsonElement draft) => draft.ValueKind is JsonValueKind.String && draft.GetString()!.TrimEnd('#') == Draft;

    static string Place(EvaluationResults detail) => detail.InstanceLocation.ToString() is { Length: > 0 } path ? path : "The whole";

    // A registry of its own, without a way out: a schema fetches nothing and leaves nothing behind. $schema would choose the draft's own dialect.
    static JsonSchema Build(JsonElement schema)
    {
        if (schema.TryGetProperty("$schema", out _))
        {
            var own = JsonObject.Create(schema)!;
            own.Remove("$schema");
            schema = JsonElement.Parse(own.ToJsonString());
        }
        return JsonSchema.Build(schema, new BuildOptions { SchemaRegistry = new SchemaRegistry { Fetch = static (_, _) => null }, Dialect = Bounded });
    }
}
