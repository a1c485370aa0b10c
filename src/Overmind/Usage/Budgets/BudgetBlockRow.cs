using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage.Budgets;

/// <summary>What the trigger that reserves calls notes on one that a budget does not let be made.</summary>
static class BudgetBlockRow
{
    /// <summary>Four columns of <c>token_usage</c>; nulls for a call that may be made.</summary>
    public const string Columns = """
        (metadata ->> 'budget_id')::uuid, metadata ->> 'budget_subject', (metadata ->> 'budget_until')::timestamptz, (metadata ->> 'budget_is_busy')::boolean
        """;

    /// <param name="first">Where the columns begin; before them stands the row's status.</param>
    public static BudgetBlock? Read(NpgsqlDataReader row, int first) => row.GetString(first - 1) == "reserved" || row.IsDBNull(first)
        ? null
        : new BudgetBlock(row.GetGuid(first), row.GetString(first + 1), row.Time(first + 2), row.GetBoolean(first + 3));
}
