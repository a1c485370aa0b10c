using Npgsql;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>What a call cost, reckoned by the statement that settles it: one round trip for both.</summary>
/// <param name="CostUsd">Null: the model's price is unknown.</param>
/// <param name="PriceId">The price it is charged by.</param>
sealed record SettledCall(decimal? CostUsd, Guid? PriceId)
{
    static string Sql(Guid id) =>
        $"""
        update token_usage u
        set (
            tokens_input, tokens_output, tokens_cached, tokens_cache_write, tokens_cache_write_1h, tokens_reasoning, tokens_audio_input, tokens_audio_output,
            tokens_image_input, tokens_image_output, web_searches, service_tier, outcome, cost, price_id
        ) = (
            select
                c.tokens_input, c.tokens_output, c.tokens_cached, c.tokens_cache_write, c.tokens_cache_write_1h, c.tokens_reasoning, c.tokens_audio_input,
                c.tokens_audio_output, c.tokens_image_input, c.tokens_image_output, c.web_searches, c.service_tier, c.outcome,
                case when $3 then 0 else p.cost end, p.price_id
            from jsonb_populate_record(u, $2::jsonb) as c
            left join lateral overmind.price_usage(c) as p on not $3
        ),
            status = 'settled',
            is_estimated = $4,
            latency_ms = $5,
            raw_usage = $6::jsonb,
            settled_at = clock_timestamp()
        where u.id = $1
        and {LedgerMonths.Condition(id)}
        and u.status = 'reserved'
        returning u.cost, u.price_id
        """;

    /// <summary>No row: it was settled before, and stays as it is.</summary>
    public static Statement Statement(Guid id, ModelReference model, CallUsage usage) => new(
        Sql(id), id, usage.Columns().ToJsonString(), CallPrices.IsFree(model, usage), usage.IsEstimated, Parameter.Integer(usage.LatencyMs),
        Parameter.Text(usage.Counts.Raw is { } raw ? StoredText.CleanJson(raw.ToJsonString()) : null));

    public static SettledCall? Read(NpgsqlDataReader row) => new(row.Value<decimal>(0), row.Value<Guid>(1));
}
