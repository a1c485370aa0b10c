using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Conversations.Templates;

/// <summary>
/// Segments and variables as they are stored. Names, roles, types and contents are there (the database checks them); of what else SQL clients may have written,
/// what is no such value counts as left out.
/// </summary>
static class TemplateJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write<T>(IReadOnlyList<T> items) => StoredText.CleanJson(JsonSerializer.Serialize(items, Options));

    public static IReadOnlyList<TemplateSegment> Segments(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateArray().Select(s => new TemplateSegment
            {
                Name = Text(s, "name")!,
                Role = LowerSnake.Read<MessageRole>(Text(s, "role")!)!.Value,
                Content = Text(s, "content")!,
                Priority = Number(s, "priority") ?? TemplateSegment.DefaultPriority,
                MaxTokens = Number(s, "max_tokens"),
            }),
        ];
    }

    public static IReadOnlyList<TemplateVariable> Variables(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateArray().Select(v => new TemplateVariable
            {
                Name = Text(v, "name")!,
                Type = LowerSnake.Read<TemplateVariableType>(Text(v, "type")!)!.Value,
                Required = v.TryGetProperty("required", out var required) && required.ValueKind is JsonValueKind.True,
                Default = v.TryGetProperty("default", out var standing) && standing.ValueKind is not JsonValueKind.Null ? standing.Clone() : null,
                Values = v.TryGetProperty("values", out var values) && values.ValueKind is JsonValueKind.Array
                    ? [.. values.EnumerateArray().Where(value => value.ValueKind is JsonValueKind.String).Select(value => value.GetString()!)]
                    : [],
                Description = Text(v, "description"),
            }),
        ];
    }

    static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static int? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
