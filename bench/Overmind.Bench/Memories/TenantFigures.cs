namespace Overmind.Bench.Memories;

/// <summary>Organizations that come and go, each with its agents and workflow, on PostgreSQL's own number of locks.</summary>
/// <param name="Left">That were not erased.</param>
/// <param name="Locks">The setting <c>max_locks_per_transaction</c>.</param>
sealed record TenantFigures(int Tenants, double CreatedPerSecond, double ErasedPerSecond, long Left, int Locks)
{
    public bool IsReached => Left == 0;
}
