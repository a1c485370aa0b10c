using Npgsql;
using Overmind.Usage;

namespace Overmind.Bench.Budgets;

/// <summary>Calls that are reserved and settled, as a worker does it.</summary>
sealed class BudgetCalls(NpgsqlDataSource owner, Guid organizationId, Guid userId)
{
    const string ReserveSql = """
        insert into token_usage (organization_id, id, user_id, provider, model, metadata)
        values ($1, $2, $3, 'openai', 'gpt-4o', '{"estimated_tokens_input": 500, "max_output_tokens": 500}')
        returning status = 'reserved', coalesce((metadata ->> 'budget_is_busy')::boolean, false)
        """;

    const string SettleSql = """
        update token_usage u
        set status = 'settled', outcome = 'succeeded', settled_at = clock_timestamp(), tokens_input = 500, tokens_output = $3, cost = 500 * 0.0000025 + $3 * 0.00001
        where u.organization_id = $1 and u.id = $2 and
        """;

    /// <summary>Whether the call may be made, and if not whether others hold what is left.</summary>
    public async Task<(bool May, bool IsBusy)> ReserveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(ReserveSql);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetBoolean(0), row.GetBoolean(1));
    }

    /// <param name="tokensOutput">At most the 500 that were held.</param>
    public async Task SettleAsync(Guid id, int tokensOutput, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand($"{SettleSql} {LedgerMonths.Condition(id)}");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = tokensOutput });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
