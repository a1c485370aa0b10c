using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Conversations;
using Overmind.Memory;

namespace Overmind.WebConsole.Memory;

/// <summary>A memory as a form shows it: the two parts of its type's shape, lists a line each, and what all types have.</summary>
public sealed class MemoryForm
{
    readonly MemoryItem memory;
    readonly JsonObject parts;

    MemoryForm(MemoryItem memory)
    {
        this.memory = memory;
        parts = (JsonObject)JsonNode.Parse(memory.ContentParts.Utf8.Span)!;
        (First, Second) = (Text(parts[Names.First]), Text(parts[Names.Second]));
        Capacity = Text(parts["capacity"]);
        Category = memory.Category ?? "";
        Tags = string.Join(", ", memory.Tags);
        Importance = memory.Importance.ToString(CultureInfo.InvariantCulture);
        Pinned = memory.Pinned;
        Visibility = memory.Visibility;
    }

    /// <summary>The event, concept or skill; of a working memory its items.</summary>
    public string First { get; set; }

    /// <summary>When it was, the definition or the steps; of a working memory nothing.</summary>
    public string Second { get; set; }

    /// <summary>Of a working memory.</summary>
    public string Capacity { get; set; }

    public string Category { get; set; }

    /// <summary>With commas between them.</summary>
    public string Tags { get; set; }

    public string Importance { get; set; }

    public bool Pinned { get; set; }

    public Visibility Visibility { get; set; }

    /// <summary>What the two are called in the shape.</summary>
    public (string First, string Second) Names => memory.MemoryType switch
    {
        MemoryType.Episodic => ("event", "temporal"),
        MemoryType.Semantic => ("concept", "definition"),
        MemoryType.Procedural => ("skill", "steps"),
        _ => ("items", ""),
    };

    public static MemoryForm Of(MemoryItem memory) => new(memory);

    /// <summary>Whether it says something else than the memory.</summary>
    public bool IsWritten => !ToPatch().Equals(new MemoryPatch());

    /// <summary>What is changed, and nothing else.</summary>
    public MemoryPatch ToPatch()
    {
        var shape = Shape();
        var tags = Tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var importance = double.TryParse(Importance, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : -1;
        return new MemoryPatch
        {
            ContentParts = JsonNode.DeepEquals(shape, parts) ? null : JsonSerializer.SerializeToElement(shape),
            Category = Category.Trim() == (memory.Category ?? "") ? null : new(Category.Trim() is { Length: > 0 } category ? category : null),
            Tags = tags.SequenceEqual(memory.Tags) ? null : tags,
            Importance = importance.Equals(memory.Importance) ? null : importance,
            Pinned = Pinned == memory.Pinned ? null : Pinned,
            Visibility = Visibility == memory.Visibility ? null : Visibility,
        };
    }

    JsonObject Shape()
    {
        var shape = (JsonObject)parts.DeepClone();
        if (First != Text(parts[Names.First]))
            shape[Names.First] = memory.MemoryType is MemoryType.Working ? Lines(First) : First.Trim();
        if (Names.Second.Length > 0 && Second != Text(parts[Names.Second]))
            shape[Names.Second] = memory.MemoryType switch
            {
                MemoryType.Procedural => Lines(Second),
                MemoryType.Episodic => Value(Second),
                _ => Second.Trim(),
            };
        if (memory.MemoryType is MemoryType.Working && Capacity != Text(parts["capacity"]))
            shape["capacity"] = int.TryParse(Capacity, NumberStyles.None, CultureInfo.InvariantCulture, out var capacity) ? capacity : 0;
        return shape;
    }

    static JsonArray Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Value)];

    /// <summary>An object where it is written as one, else the text.</summary>
    static JsonNode Value(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text)!;
            }
            catch (JsonException)
            {
                // No object: a text that begins with a brace.
            }
        }

        return JsonValue.Create(text.Trim());
    }

    static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray array => string.Join('\n', array.Select(Text)),
        JsonValue text when text.TryGetValue<string>(out var said) => said,
        _ => value.ToJsonString(),
    };
}
