namespace Overmind.Usage.Budgets;

/// <summary>Which budget's jobs <see cref="MoveBudgetJobs"/> looks at.</summary>
sealed record MoveBudgetJobsPayload(Guid OrganizationId, Guid BudgetId);
