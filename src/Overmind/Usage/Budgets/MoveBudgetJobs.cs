using Overmind.Jobs;

namespace Overmind.Usage.Budgets;

/// <summary>Blocks the jobs that a budget stops, or makes those due again that it no longer does; enqueued by the database when either begins.</summary>
[Job(Kind)]
sealed class MoveBudgetJobs(BudgetStore store, JobKinds kinds) : JobHandler<MoveBudgetJobsPayload>
{
    const string Kind = "budget.move_jobs";

    internal static readonly JobKindOptions Options = new() { MaxAttempts = 100, RetryWhenLost = true, KeepCompleted = TimeSpan.Zero };

    /// <inheritdoc/>
    public override async Task HandleAsync(MoveBudgetJobsPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        while (await store.MoveJobsAsync(payload.OrganizationId, payload.BudgetId, kinds.CallingModels, cancellationToken) > 0)
        {
        }
    }
}
