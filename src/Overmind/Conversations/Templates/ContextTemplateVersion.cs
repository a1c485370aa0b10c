namespace Overmind.Conversations.Templates;

/// <summary>A wording of a context template.</summary>
public sealed record ContextTemplateVersion
{
    /// <summary>Of the current version: the template's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>context_template.version</c>.</summary>
    public string Object { get; } = "context_template.version";

    public required Guid TemplateId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it is what the template says now.</summary>
    public required bool IsCurrent { get; init; }

    public required IReadOnlyList<TemplateSegment> Segments { get; init; }

    public required IReadOnlyList<TemplateVariable> Variables { get; init; }

    /// <summary>Tokens of the contents; null: not counted.</summary>
    public int? TotalTokens { get; init; }

    /// <summary>Who wrote the next version; null: it is current.</summary>
    public Guid? ReplacedBy { get; init; }

    /// <summary>When the next version was written; null: it is current.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }
}
