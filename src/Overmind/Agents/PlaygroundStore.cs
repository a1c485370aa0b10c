using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>
/// The SQL of the playground, and of other calls that are none of a run: they stand in the ledger and nowhere else. Those of one caller that come at once are written
/// together.
/// </summary>
public sealed class PlaygroundStore
{
    readonly Database _database;
    readonly TimeProvider _time;
    readonly GatheredWrites<CallGroup, (ReservedCall Call, string? TraceId, DateTimeOffset AbandonedAt), (BudgetBlock? Block, OrganizationSettings Settings)> _reservations;
    readonly GatheredWrites<Claims, EndingCall, SettledCall?> _settlements;

    /// <summary>One for all calls of a process: only what comes through the same one is written together.</summary>
    public PlaygroundStore(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _reservations = new(ReserveAsync);
        _settlements = new(SettleAsync);
    }

    /// <summary>
    /// Reserves the call's row in the ledger. Returns the organization's settings, which the call goes by: reading them is no round trip of its own.
    /// </summary>
    /// <param name="abandonedAt">Should this server not live to settle it, <see cref="SettleAbandonedCalls"/> does from then on.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.BudgetExceeded"/>: it may not be made.</exception>
    internal async Task<OrganizationSettings> ReserveAsync(Claims claims, ReservedCall call, DateTimeOffset abandonedAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (block, settings) = await _reservations.WriteAsync(CallGroup.Of(claims, call), (call, claims.Origin?.RequestId, abandonedAt));
        if (block is not null) throw BudgetGate.Refusal(block, _time);
        if (cancellationToken.IsCancellationRequested)
        {
            await SettleAsync(claims, call.Id, call.Model, CallUsage.Nothing with { Outcome = CallOutcome.Stopped });
            cancellationToken.ThrowIfCancellationRequested();
        }

        return settings;
    }

    /// <summary>Settles the call's row, and returns what the call cost with its usage. Nothing happens to a row that is settled already.</summary>
    internal async Task<CallUsage> SettleAsync(Claims claims, Guid id, ModelReference model, CallUsage used)
    {
        var price = await _settlements.WriteAsync(CallGroup.CallerOf(claims) with { Origin = null }, new EndingCall(id, model, used));
        return price is null ? used : used with { CostUsd = price.CostUsd, PriceId = price.PriceId };
    }

    /// <summary>How many calls of all organizations were settled by estimate; 0: there are no more.</summary>
    internal Task<long> SettleAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _database.FindAsync<long>(Claims.Service, "select overmind.settle_abandoned_calls($1)", [now.UtcDateTime], cancellationToken);

    async Task<IReadOnlyList<(BudgetBlock? Block, OrganizationSettings Settings)>> ReserveAsync(
        CallGroup group, IReadOnlyList<(ReservedCall Call, string? TraceId, DateTimeOffset AbandonedAt)> calls)
    {
        await using var results = await _database.SendAsync(
            group.Caller,
            [
                new(
                    $"""
                    insert into token_usage (id, operation, provider, model, conversation_id, trace_id, metadata, settle_by)
                    select c.id, $1, $2, $3, $4, c.trace_id, c.metadata::jsonb, c.settle_by
                    from unnest((select $5::uuid[]), (select $6::text[]), (select $7::text[]), (select $8::timestamptz[])) as c (id, trace_id, metadata, settle_by)
                    returning coalesce((metadata ->> 'call_id')::uuid, id), status, {BudgetBlockRow.Columns}
                    """,
                    group.Operation, group.Model.Provider, group.Model.Model, Parameter.Uuid(group.ConversationId),
                    calls.Select(c => c.Call.Id).ToArray(), calls.Select(c => c.TraceId).ToArray(), calls.Select(c => c.Call.ToMetadata()).ToArray(),
                    calls.Select(c => c.AbandonedAt.UtcDateTime).ToArray()),
                OrganizationSettingsStore.Find,
            ],
            CancellationToken.None);
        var blocks = (await results.ListAsync(row => (Id: row.GetGuid(0), Block: BudgetBlockRow.Read(row, 2)))).ToDictionary(row => row.Id, row => row.Block);
        var settings = await results.FindAsync(OrganizationSettingsStore.Map);
        await results.CompleteAsync();
        return [.. calls.Select(c => (blocks[c.Call.Id], settings!))];
    }

    async Task<IReadOnlyList<SettledCall?>> SettleAsync(Claims caller, IReadOnlyList<EndingCall> calls)
    {
        await using var results = await _database.SendAsync(
            caller, [SettledCall.Statement(calls), .. CacheStatements.Lookups(calls.Select(c => (c.Id, c.Usage)))], CancellationToken.None);
        var prices = (await results.ListAsync(SettledCall.Read)).ToDictionary(settled => settled.Id);
        await results.CompleteAsync();
        return [.. calls.Select(c => prices.GetValueOrDefault(c.Id))];
    }
}
