using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage.Budgets;

/// <summary>The SQL of budgets.</summary>
public sealed class BudgetStore(Database database)
{
    const string InsertSql = """
        insert into budgets (id, name, dimension, subject, period, unit, currency, limit_amount, soft_ratio, on_limit, second_limit, is_active)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    const string ChangeSql = """
        with changed as (
            update budgets
            set name = coalesce($3, name),
                limit_amount = coalesce($4, limit_amount),
                soft_ratio = coalesce($5, soft_ratio),
                on_limit = coalesce($6, on_limit),
                second_limit = case when $7 then $8 else second_limit end,
                is_active = coalesce($9, is_active)
            where id = $1
            and ($2::timestamptz is null or updated_at = $2)
            returning id)
        select count(*) from changed
        """;

    const string DeleteSql = """
        delete from budgets
        where id = $1
        and ($2::timestamptz is null or updated_at = $2)
        """;

    const string MoveJobsSql = "select overmind.move_budget_jobs($1, $2, $3)";

    internal Task<Budget?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), BudgetRow.Map, cancellationToken);

    /// <summary>By id; with one row more than the page's limit when there are more.</summary>
    internal Task<IReadOnlyList<Budget>> ListAsync(Claims claims, BudgetDimension? dimension, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [page.Cursor, page.Limit + 1, Parameter.Text(dimension is { } asked ? LowerSnake.Write(asked) : null)];
        var sql = $"""
            {BudgetRow.Select}
            where ($1::uuid is null or b.id {comparison} $1)
            and ($3 is null or b.dimension = $3){CreatedRange.And(page.CreatedAt, parameters, "b.created_at")}
            order by b.id {direction}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), BudgetRow.Map, cancellationToken);
    }

    /// <summary>What each subject has used, most first.</summary>
    internal Task<IReadOnlyList<BudgetUsage>> SubjectsAsync(Claims claims, Guid id, int limit, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement($"{BudgetRow.SelectUsage} where b.id = $1 order by u.used desc, u.subject limit $2", id, limit), row => BudgetRow.Usage(row, 0),
        cancellationToken);

    internal async Task<Budget> InsertAsync(Claims claims, NewBudget budget, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    InsertSql, budget.Id, budget.Name, LowerSnake.Write(budget.Dimension), Parameter.Text(budget.Subject), LowerSnake.Write(budget.Period),
                    LowerSnake.Write(budget.Unit), Parameter.Text(budget.EffectiveCurrency), budget.LimitAmount, budget.SoftRatio,
                    LowerSnake.Write(budget.OnLimit), Parameter.Numeric(budget.SecondLimit), budget.IsActive),
                Find(budget.Id),
            ],
            cancellationToken);
        var made = await results.FindAsync(BudgetRow.Map);
        await results.CompleteAsync();
        return made!;
    }

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The second tells whether it was changed.</summary>
    internal async Task<(Budget? Found, bool Changed)> ChangeAsync(
        Claims claims, Guid id, BudgetPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    ChangeSql, id, Parameter.Time(unchangedSince), Parameter.Text(patch.Name), Parameter.Numeric(patch.LimitAmount),
                    Parameter.Numeric(patch.SoftRatio), Parameter.Text(patch.OnLimit is { } action ? LowerSnake.Write(action) : null),
                    patch.SecondLimit is not null, Parameter.Numeric(patch.SecondLimit?.Value), Parameter.Boolean(patch.IsActive)),
                Find(id),
            ],
            cancellationToken);
        var changed = await results.FindAsync<long>() > 0;
        var found = await results.FindAsync(BudgetRow.Map);
        await results.CompleteAsync();
        return (found, changed);
    }

    /// <summary>False when there is none, or it has changed since.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Blocks or frees up to a thousand jobs; how many.</summary>
    internal Task<int> MoveJobsAsync(Guid organizationId, Guid id, string[] kinds, CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, MoveJobsSql, [organizationId, id, kinds], cancellationToken);

    static Statement Find(Guid id) => new($"{BudgetRow.Select} where b.id = $1", id);
}
