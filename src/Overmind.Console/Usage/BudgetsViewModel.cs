using Overmind.Postgres;
using Overmind.Usage.Budgets;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Usage;

/// <summary>The budgets that the member sees, those that are used most first.</summary>
public sealed class BudgetsViewModel(BudgetService budgets, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Budget> Items { get; private set; } = [];

    public bool MayChange => claims.May(Permission.OrganizationManage);

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var page = await budgets.ListAsync(claims, dimension: null, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken);
            (Items, State) = ([.. InOrder(page.Items)], LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Those that hold first, and of them those that are used most.</summary>
    public static IEnumerable<Budget> InOrder(IEnumerable<Budget> budgets) =>
        budgets.OrderByDescending(b => b.IsActive).ThenByDescending(Share).ThenBy(b => b.Name, StringComparer.Ordinal);

    /// <summary>Stores a budget, new or changed; what it throws is shown by the form.</summary>
    /// <param name="changed">As the person saw it; null: a new one.</param>
    public async Task StoreAsync(Budget? changed, BudgetForm form, CancellationToken cancellationToken)
    {
        _ = changed is null
            ? await budgets.CreateAsync(claims, form.ToNew(), cancellationToken)
            : await budgets.ChangeAsync(claims, changed.Id, form.ToPatch(), changed.UpdatedAt, cancellationToken);
        Refusal = null;
        await LoadAsync(cancellationToken);
    }

    public Task SwitchAsync(Budget budget, CancellationToken cancellationToken) => DoAsync(
        () => budgets.ChangeAsync(claims, budget.Id, new BudgetPatch { IsActive = !budget.IsActive }, null, cancellationToken), cancellationToken);

    public Task RemoveAsync(Budget budget, CancellationToken cancellationToken) => DoAsync(
        () => budgets.DeleteAsync(claims, budget.Id, null, cancellationToken), cancellationToken);

    static decimal Share(Budget budget) => budget.LimitAmount == 0 ? 1 : (budget.Usage.Used + budget.Usage.Reserved) / budget.LimitAmount;

    async Task DoAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
        await LoadAsync(cancellationToken);
    }
}
