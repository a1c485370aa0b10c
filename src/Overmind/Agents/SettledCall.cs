using Npgsql;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>What a call cost, reckoned by the statement that settles it: one round trip for both.</summary>
/// <param name="CostUsd">Null: the model's price is unknown.</param>
/// <param name="PriceId">The price it is charged by.</param>
sealed record SettledCall(Guid Id, decimal? CostUsd, Guid? PriceId)
{
    /// <summary>No row for a call: it was settled before, and stays as it is.</summary>
    public static Statement Statement(IReadOnlyList<EndingCall> calls) => new(
        $"""
        update token_usage u
        set (
            tokens_input, tokens_output, tokens_cached, tokens_cache_write, tokens_cache_write_1h, tokens_reasoning, tokens_audio_input, tokens_audio_output,
            tokens_image_input, tokens_image_output, web_searches, service_tier, outcome, cost, price_id
        ) = (
            select
                c.tokens_input, c.tokens_output, c.tokens_cached, c.tokens_cache_write, c.tokens_cache_write_1h, c.tokens_reasoning, c.tokens_audio_input,
                c.tokens_audio_output, c.tokens_image_input, c.tokens_image_output, c.web_searches, c.service_tier, c.outcome,
                case when v.is_free then 0 else p.cost end, p.price_id
            from jsonb_populate_record(u, v.used::jsonb) as c
            left join lateral overmind.price_usage(c) as p on not v.is_free
        ),
            status = 'settled',
            is_estimated = v.is_estimated,
            latency_ms = v.latency_ms,
            raw_usage = v.raw_usage::jsonb,
            settled_at = clock_timestamp()
        from unnest((select $1::uuid[]), (select $2::text[]), (select $3::boolean[]), (select $4::boolean[]), (select $5::integer[]), (select $6::text[])) as v (id, used, is_free, is_estimated, latency_ms, raw_usage)
        where u.id = v.id
        and {LedgerMonths.Condition(calls.Select(c => c.Id))}
        and u.status = 'reserved'
        returning u.id, u.cost, u.price_id
        """,
        calls.Select(c => c.Id).ToArray(), calls.Select(c => c.Usage.Columns().ToJsonString()).ToArray(),
        calls.Select(c => CallPrices.IsFree(c.Model, c.Usage)).ToArray(), calls.Select(c => c.Usage.IsEstimated).ToArray(),
        calls.Select(c => c.Usage.LatencyMs).ToArray(), calls.Select(c => Raw(c.Usage)).ToArray());

    public static SettledCall Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.Value<decimal>(1), row.Value<Guid>(2));

    static string? Raw(CallUsage usage) => usage.Counts.Raw is { } raw ? StoredText.CleanJson(raw.ToJsonString()) : null;
}
