using System.Text.Json;

namespace Overmind.Client;

/// <summary>Budgets: what may be used in a period. Members read those that concern the organization and themselves; who manages the organization sets them.</summary>
public sealed class BudgetsClient
{
    readonly ApiConnection _connection;

    internal BudgetsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a budget. It begins at once, with what its period has used already.</summary>
    /// <param name="idempotencyKey">Repeated with the same key, the first answer comes again. Default: a new one.</param>
    public Task<Budget> CreateAsync(NewBudget budget, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/budgets", JsonSerializer.SerializeToUtf8Bytes(budget, ClientJson.Default.NewBudget), idempotencyKey, ClientJson.Default.Budget, cancellationToken);

    /// <summary>By id.</summary>
    /// <param name="dimension">Only of this one. Default: all.</param>
    public Task<Page<Budget>> ListAsync(PageRequest? page = null, string? dimension = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/budgets{(page ?? new()).Query.Add("dimension", dimension)}", ClientJson.Default.PageBudget, cancellationToken);

    public Task<Budget> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/budgets/{id}", ClientJson.Default.Budget, cancellationToken);

    /// <summary>What each subject of a budget has used, most first.</summary>
    /// <param name="limit">1 to 100.</param>
    public Task<BudgetSubjects> SubjectsAsync(Guid id, int limit = 20, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/budgets/{id}/subjects?limit={limit}", ClientJson.Default.BudgetSubjects, cancellationToken);

    /// <summary>Changes a budget. When its limit is raised, what waits for it goes on.</summary>
    public Task<Budget> UpdateAsync(Guid id, BudgetChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"/v1/budgets/{id}", ClientJson.Changes(changes, ClientJson.Default.BudgetChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Budget, cancellationToken);

    /// <summary>Removes a budget and what it has counted; what waits for it goes on.</summary>
    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/budgets/{id}", unchangedSince, cancellationToken);
}
