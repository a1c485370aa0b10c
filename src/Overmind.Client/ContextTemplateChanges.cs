using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a context template; what is null stays as it is. The limits are those of <see cref="NewContextTemplate"/>.</summary>
public sealed record ContextTemplateChanges
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>All of them. Another wording is another version.</summary>
    public IReadOnlyList<TemplateSegment>? Segments { get; init; }

    /// <summary>All of them. Others make another version.</summary>
    public IReadOnlyList<TemplateVariable>? Variables { get; init; }

    public IReadOnlyList<string>? UseCases { get; init; }

    public IReadOnlyList<string>? AgentTypes { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>description</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="ContextTemplate.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
