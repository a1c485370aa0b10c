using System.Text.Json;

namespace Overmind.Client;

/// <summary>The context template with which a conversation begins.</summary>
public sealed record TemplateUse
{
    /// <summary>The template; or <see cref="Name"/>.</summary>
    public Guid? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Default: the current one.</summary>
    public int? Version { get; init; }

    /// <summary>A string, a number or a boolean by the name of its variable.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }
}
