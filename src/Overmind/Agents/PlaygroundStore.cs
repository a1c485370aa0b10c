using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>The SQL of the playground, and of other calls that are none of a run: they stand in the ledger and nowhere else.</summary>
public sealed class PlaygroundStore(Database database, CallPrices prices)
{
    /// <summary>Reserves the call's row in the ledger, with the job that settles it should this server not live to do so.</summary>
    /// <param name="what">What the call is for.</param>
    internal async Task ReserveAsync(
        Claims claims, Guid id, string what, ModelReference model, long promptTokens, DateTimeOffset abandonedAt, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [
                new(
                    """
                    insert into token_usage (id, provider, model, metadata)
                    values ($1, $2, $3, jsonb_build_object($5::text, true, 'estimated_tokens_input', $4::bigint))
                    """,
                    id, model.Provider, model.Model, promptTokens, what),
                SettlePlaygroundCall.Insert(id, model, promptTokens, abandonedAt),
            ],
            cancellationToken);
        await results.CompleteAsync();
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
