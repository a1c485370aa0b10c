using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>What is to change in a context template; a member left null stays as it is. The limits are those of <see cref="NewContextTemplate"/>.</summary>
public sealed record ContextTemplatePatch
{
    public string? Name { get; init; }

    /// <summary>To null: none.</summary>
    public Change<string?>? Description { get; init; }

    /// <summary>All of them. Another wording is another version.</summary>
    public IReadOnlyList<TemplateSegment>? Segments { get; init; }

    /// <summary>All of them. Others make another version.</summary>
    public IReadOnlyList<TemplateVariable>? Variables { get; init; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<string>? UseCases { get; init; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<string>? AgentTypes { get; init; }

    /// <param name="current">The template as it is: what stays has to fit what changes.</param>
    internal void Check(ContextTemplate current)
    {
        var checks = new Checks();
        TemplateRules.CheckAbout(ref checks, Name, Description?.Value, UseCases, AgentTypes);
        if (Segments is not null || Variables is not null)
            TemplateRules.CheckWording(ref checks, Segments ?? current.Segments, Variables ?? current.Variables);
        checks.ThrowIfAny();
    }
}
