using System.Text.Json;

namespace Overmind.Client;

/// <summary>With what a context template is rendered.</summary>
public sealed record TemplateRendering
{
    /// <summary>Default: the current one.</summary>
    public int? Version { get; init; }

    /// <summary>A string, a number or a boolean by the name of its variable.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }

    /// <summary>The model whose tokens are counted, as <c>openai/gpt-4o</c>. Default: as o200k counts.</summary>
    public string? Model { get; init; }

    /// <summary>The most tokens of all segments: those of the lowest priority are left out until the others fit. Default: no limit.</summary>
    public int? MaxTokens { get; init; }
}
