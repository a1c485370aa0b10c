using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>The SQL of the playground, and of other calls that are none of a run: they stand in the ledger and nowhere else.</summary>
public sealed class PlaygroundStore(Database database, TimeProvider time)
{
    /// <summary>
    /// Reserves the call's row in the ledger. Returns the organization's settings, which the call goes by: reading them is no round trip of its own.
    /// </summary>
    /// <param name="abandonedAt">Should this server not live to settle it, <see cref="SettleAbandonedCalls"/> does from then on.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetExceeded"/>: it may not be made.</exception>
    internal async Task<OrganizationSettings> ReserveAsync(Claims claims, ReservedCall call, DateTimeOffset abandonedAt, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [
                new(
                    $"""
                    insert into token_usage (id, operation, provider, model, conversation_id, metadata, settle_by)
                    values ($1, $2, $3, $4, $5, $6::jsonb, $7)
                    returning status, {BudgetBlockRow.Columns}
                    """,
                    call.Id, call.Operation, call.Model.Provider, call.Model.Model, Parameter.Uuid(call.ConversationId), call.ToMetadata(),
                    abandonedAt.UtcDateTime),
                OrganizationSettingsStore.Find,
            ],
            cancellationToken);
        var block = await results.FindAsync(row => BudgetBlockRow.Read(row, 1));
        var settings = await results.FindAsync(OrganizationSettingsStore.Map);
        await results.CompleteAsync();
        return block is null ? settings! : throw BudgetGate.Refusal(block, time);
    }

    /// <summary>Settles the call's row, and returns what the call cost with its usage. Nothing happens to a row that is settled already.</summary>
    internal async Task<CallUsage> SettleAsync(Claims claims, Guid id, ModelReference model, CallUsage used, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole }, [SettledCall.Statement(id, model, used), .. CacheStatements.Lookups([(id, used)])], cancellationToken);
        var price = await results.FindAsync(SettledCall.Read);
        await results.CompleteAsync();
        return price is null ? used : used with { CostUsd = price.CostUsd, PriceId = price.PriceId };
    }

    /// <summary>How many calls of all organizations were settled by estimate; 0: there are no more.</summary>
    internal Task<long> SettleAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.settle_abandoned_calls($1)", [now.UtcDateTime], cancellationToken);
}
