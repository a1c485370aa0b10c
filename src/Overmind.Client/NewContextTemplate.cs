namespace Overmind.Client;

/// <summary>A context template to be made.</summary>
public sealed record NewContextTemplate
{
    /// <summary>1 to 100 characters; unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 2,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>1 to 50.</summary>
    public required IReadOnlyList<TemplateSegment> Segments { get; init; }

    /// <summary>At most 100: exactly what the segments name.</summary>
    public IReadOnlyList<TemplateVariable>? Variables { get; init; }

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string>? UseCases { get; init; }

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string>? AgentTypes { get; init; }
}
