using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Conversations.Templates;

/// <summary>A place for a value in a context template.</summary>
public sealed record TemplateVariable
{
    /// <summary>1 to 64 letters, digits and _, the first no digit.</summary>
    public required string Name { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<TemplateVariableType>))]
    public required TemplateVariableType Type { get; init; }

    /// <summary>Whether it has to be given. One that is neither given nor has a default is the empty text.</summary>
    public bool Required { get; init; }

    /// <summary>What it is unless it is given, of its type; for one that is not required.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Of an enum: the texts that it takes, 1 to 100, each of 1 to 500 characters. Else empty.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>1 to 500 characters.</summary>
    public string? Description { get; init; }
}
