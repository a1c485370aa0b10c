using Overmind.Models;

namespace Overmind.Agents.Completions;

/// <summary>What a name of a model stands for: one of the two.</summary>
/// <param name="Model">A provider's model.</param>
/// <param name="Workflow">The key of a workflow, a whole run of which answers.</param>
public sealed record CompletionTarget(ModelReference? Model, string? Workflow);
