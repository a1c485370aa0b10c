using System.Text.Json;

namespace Overmind.Client;

/// <summary>A place for a value in a context template.</summary>
public sealed record TemplateVariable
{
    /// <summary>1 to 64 letters, digits and _, the first no digit.</summary>
    public required string Name { get; init; }

    /// <summary><c>string</c>, <c>number</c>, <c>boolean</c> or <c>enum</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it has to be given. Default: no.</summary>
    public bool? Required { get; init; }

    /// <summary>What it is unless it is given, of its type.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Of an enum: the texts that it takes.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public string? Description { get; init; }
}
