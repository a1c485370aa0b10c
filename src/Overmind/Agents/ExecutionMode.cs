namespace Overmind.Agents;

/// <summary>How the agents of one iteration run. In SQL and JSON: <c>parallel</c>, <c>sequential</c>.</summary>
public enum ExecutionMode
{
    /// <summary>All agents at once; none sees another's answer of the same iteration.</summary>
    Parallel,

    /// <summary>One after the other, in the workflow's order; each sees the answers before its own.</summary>
    Sequential,
}
