using Npgsql;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Usage.Budgets;

/// <summary>Refuses work that no budget would let through, before it is accepted. What decides is the reservation of each call.</summary>
public sealed class BudgetGate(Database database, TimeProvider time)
{
    const string FindSql = "select budget_id, subject, period_end from overmind.find_stopped_budget($1, $2, $3, $4, $5)";

    /// <summary>After that calls of others may have given back what they hold.</summary>
    static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <param name="claims">Whose use it would be.</param>
    /// <param name="models">That may be called.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetExceeded"/>.</exception>
    internal async Task EnsureAsync(Claims claims, IEnumerable<ModelReference> models, string? workflowKey, CancellationToken cancellationToken)
    {
        var find = new Statement(
            FindSql, models.Select(m => m.ToString()).Distinct().ToArray(), Parameter.Uuid(null), Parameter.Text(workflowKey),
            Parameter.Uuid(claims.Origin?.ApiKeyId), claims.Origin?.IsScheduled ?? false);
        if (await database.FindAsync(claims, find, Read, cancellationToken) is { } block) throw Refusal(block, time);
    }

    internal static OvermindException Refusal(BudgetBlock block, TimeProvider time) => new(
        ErrorCode.BudgetExceeded,
        block.IsBusy
            ? $"Calls that are under way hold what is left of the budget {block.BudgetId}. Try again in some seconds."
            : $"The budget {block.BudgetId} is used up. It begins anew at {block.Until:u}; who manages the organization can raise it before.")
    {
        Budget = block,
        RetryAfter = block.IsBusy ? Busy : block.Until - time.GetUtcNow(),
    };

    static BudgetBlock? Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.Time(2), IsBusy: false);
}
