using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage.Budgets;

/// <summary>
/// Budgets: what may be used in a period. Who manages the organization sets them; members read those that concern the organization and themselves. What they
/// do is done by the database, where a call is reserved.
/// </summary>
public sealed class BudgetService(BudgetStore store)
{
    /// <summary>By id.</summary>
    /// <param name="dimension">Null: of all.</param>
    public async Task<Page<Budget>> ListAsync(Claims claims, BudgetDimension? dimension, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, dimension, page, cancellationToken));
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetNotFound"/>.</exception>
    public async Task<Budget> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>What each subject of a budget has used in the period that is now, most first; of a budget that is for one, that one.</summary>
    /// <param name="limit">1 to 100. The page has no cursor: what is used moves.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetNotFound"/>.</exception>
    public async Task<Page<BudgetUsage>> SubjectsAsync(Claims claims, Guid id, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        page.Check();
        await GetAsync(claims, id, cancellationToken);
        return page.PageOf(await store.SubjectsAsync(claims, id, limit + 1, cancellationToken));
    }

    /// <summary>Makes a budget. It begins at once, with what its period has used already: of millions of calls that takes seconds to count.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.BudgetNameTaken"/>, <see cref="ErrorCode.CurrencyWithoutRate"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid.
    /// </exception>
    public async Task<Budget> CreateAsync(Claims claims, NewBudget budget, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        budget.Check();
        return await CheckedAsync(budget.Name, budget.EffectiveCurrency, () => store.InsertAsync(claims, budget, cancellationToken));
    }

    /// <param name="unchangedSince">The <see cref="Budget.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile, <see cref="ErrorCode.BudgetNotFound"/>, and as in <see cref="CreateAsync"/>.</exception>
    public async Task<Budget> ChangeAsync(Claims claims, Guid id, BudgetPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        var before = await GetAsync(claims, id, cancellationToken);
        patch.Check(before);
        var (found, changed) = await CheckedAsync(
            patch.Name ?? before.Name, before.Currency, () => store.ChangeAsync(claims, id, patch, unchangedSince, cancellationToken));
        return changed ? found! : throw Unchanged(id, found);
    }

    /// <summary>Removes a budget and what it has counted; what waits for it goes on.</summary>
    /// <param name="unchangedSince">The <see cref="Budget.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.BudgetNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        if (!await store.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw Unchanged(id, await store.FindAsync(claims, id, cancellationToken));
    }

    static async Task<T> CheckedAsync<T>(string name, string? currency, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException e) when (e.ConstraintName == "budgets_name_key")
        {
            throw new OvermindException(ErrorCode.BudgetNameTaken, $"There is a budget '{name}' already. Change that one, or choose another name.", "name", e);
        }
        catch (PostgresException e) when (e.ConstraintName == "budgets_currency_with_rate")
        {
            throw new OvermindException(
                ErrorCode.CurrencyWithoutRate,
                $"Costs are kept in US dollars, and no exchange rate of {currency} is known for today. Set one (`overmind rates set {currency} RATE`, POST /v1/exchange_rates), or use USD.",
                "currency", e);
        }
        catch (PostgresException e) when (e.ConstraintName is "budgets_second_limit_above")
        {
            // Somebody else has changed its limits just now.
            throw new OvermindException(ErrorCode.InvalidValue, "second_limit is above limit_amount, and goes with on_limit allow_up_to alone.", "second_limit", e);
        }
    }

    static OvermindException Unchanged(Guid id, Budget? found) => found is null
        ? NotFound(id)
        : new(ErrorCode.PreconditionFailed, "The budget has changed since you read it. Read it again and decide anew.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.BudgetNotFound, $"There is no budget {id}.");
}
