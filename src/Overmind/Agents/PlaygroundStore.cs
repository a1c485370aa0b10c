using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>The SQL of the playground, and of other calls that are none of a run: they stand in the ledger and nowhere else.</summary>
public sealed class PlaygroundStore(Database database, CallPrices prices, TimeProvider time)
{
    /// <summary>Reserves the call's row in the ledger, with the job that settles it should this server not live to do so.</summary>
    /// <param name="what">What the call is for.</param>
    /// <param name="maxTokens">The most tokens its answer may have; null: not known.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetExceeded"/>: it may not be made.</exception>
    internal async Task ReserveAsync(
        Claims claims, Guid id, string what, ModelReference model, long promptTokens, int? maxTokens, DateTimeOffset abandonedAt,
        CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [
                new(
                    $"""
                    insert into token_usage (id, provider, model, metadata)
                    values ($1, $2, $3, jsonb_strip_nulls(jsonb_build_object($5::text, true, 'estimated_tokens_input', $4::bigint, 'max_output_tokens', $6)))
                    returning status, {BudgetBlockRow.Columns}
                    """,
                    id, model.Provider, model.Model, promptTokens, what, Parameter.Integer(maxTokens)),
                SettlePlaygroundCall.Insert(id, model, promptTokens, abandonedAt),
            ],
            cancellationToken);
        var block = await results.FindAsync(row => BudgetBlockRow.Read(row, 1));
        await results.CompleteAsync();
        if (block is not null) throw BudgetGate.Refusal(block, time);
    }

    /// <summary>Settles the call's row, and returns what the call cost with its usage. Nothing happens to a row that is settled already.</summary>
    internal async Task<CallUsage> SettleAsync(Claims claims, Guid id, ModelReference model, CallUsage used, CancellationToken cancellationToken)
    {
        var usage = await prices.PriceAsync(claims, new EndedCall(id, model, used), cancellationToken);
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole }, [RunStatements.Settle([(id, usage)]), .. CacheStatements.Lookups([(id, usage)])], cancellationToken);
        await results.CompleteAsync();
        return usage;
    }
}
