namespace Overmind.Memory.Recall;

/// <summary>Whose memories a run recalls besides its member's and the organization's.</summary>
/// <param name="AgentIds">The agents that answer.</param>
/// <param name="ProjectId">The conversation's project; null: none.</param>
/// <param name="IncludesPrivate">Whether what is private to the member may be recalled.</param>
public sealed record RecallScope(IReadOnlyList<Guid> AgentIds, Guid? ProjectId, bool IncludesPrivate = true);
