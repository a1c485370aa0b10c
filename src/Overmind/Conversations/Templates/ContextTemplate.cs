namespace Overmind.Conversations.Templates;

/// <summary>What conversations may begin with: messages with places for values.</summary>
public sealed record ContextTemplate
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>context_template</c>.</summary>
    public string Object { get; } = "context_template";

    /// <summary>Unique in the organization while not deleted.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The messages, in their order.</summary>
    public required IReadOnlyList<TemplateSegment> Segments { get; init; }

    public required IReadOnlyList<TemplateVariable> Variables { get; init; }

    /// <summary>Tokens of the contents as they stand, as o200k counts them; null: not counted, as what SQL clients write.</summary>
    public int? TotalTokens { get; init; }

    /// <summary>Which wording it is, from 1: another one whenever segments or variables change.</summary>
    public required int Version { get; init; }

    /// <summary>Conversations that began with it, in any version.</summary>
    public required long UseCount { get; init; }

    public required IReadOnlyList<string> UseCases { get; init; }

    public required IReadOnlyList<string> AgentTypes { get; init; }

    /// <summary>The member who made it.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
