using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>A context template to be made.</summary>
public sealed record NewContextTemplate
{
    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 100 characters; unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 2,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>1 to 50.</summary>
    public required IReadOnlyList<TemplateSegment> Segments { get; init; }

    /// <summary>At most 100: exactly what the segments name.</summary>
    public IReadOnlyList<TemplateVariable> Variables { get; init; } = [];

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string> UseCases { get; init; } = [];

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string> AgentTypes { get; init; } = [];

    internal void Check()
    {
        var checks = new Checks();
        TemplateRules.CheckAbout(ref checks, Name, Description, UseCases, AgentTypes);
        TemplateRules.CheckWording(ref checks, Segments, Variables);
        checks.ThrowIfAny();
    }
}
