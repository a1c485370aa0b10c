using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Models;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>What calls cost: asked of <c>overmind.price_usage</c>, the one place where costs are reckoned.</summary>
public sealed class CallPrices(Database database)
{
    // A row that is not there yet takes its place as nulls.
    const string PriceSql = """
        select p.cost, p.price_id
        from jsonb_array_elements($1::jsonb) with ordinality as c (call, place)
        left join token_usage u on u.organization_id = overmind.org_id() and u.id = (c.call ->> 'id')::uuid and u.id >= $2
        cross join lateral overmind.price_usage(jsonb_populate_record(
            u, jsonb_build_object('organization_id', overmind.org_id()) || c.call)) as p
        order by c.place
        """;

    /// <summary>The calls' usage with their costs, in their order. Calls of the offline model and of the response cache cost nothing, and no question to the database.</summary>
    internal async Task<IReadOnlyList<CallUsage>> PriceAsync(Claims claims, IReadOnlyList<EndedCall> calls, CancellationToken cancellationToken)
    {
        if (calls.All(IsFree)) return [.. calls.Select(c => c.Usage with { CostUsd = 0 })];
        var earliest = calls.Min(c => c.LedgerId) ?? Guid.Empty;
        var prices = await database.ListAsync(
            claims, new Statement(PriceSql, Json(calls), earliest), row => (Cost: Cost(row), PriceId: row.Value<Guid>(1)), cancellationToken);
        return [.. calls.Zip(prices, (call, price) => call.Usage with { CostUsd = price.Cost, PriceId = price.PriceId })];
    }

    /// <summary>The usage of one call with its cost.</summary>
    internal async Task<CallUsage> PriceAsync(Claims claims, EndedCall call, CancellationToken cancellationToken) =>
        (await PriceAsync(claims, [call], cancellationToken))[0];

    /// <summary>What calls would cost now, in US dollars; null for one whose model has no known price.</summary>
    internal async Task<IReadOnlyList<decimal?>> EstimateAsync(
        Claims claims, IReadOnlyList<(ModelReference Model, long TokensInput, long TokensOutput)> calls, CancellationToken cancellationToken) =>
        [
            .. (await PriceAsync(claims, [.. calls.Select(c => EndedCall.Imagined(c.Model, c.TokensInput, c.TokensOutput))], cancellationToken))
                .Select(u => u.CostUsd),
        ];

    /// <summary>Whether nobody has to be asked: what this installation does by itself costs nothing.</summary>
    internal static bool IsFree(ModelReference model, CallUsage usage) =>
        model == ModelReference.Offline || model.Provider == BuiltinEmbeddingGenerator.Reference.Provider || usage.Outcome is CallOutcome.Cached;

    static bool IsFree(EndedCall call) => IsFree(call.Model, call.Usage);

    static string Json(IReadOnlyList<EndedCall> calls) => new JsonArray([.. calls.Select(Call)]).ToJsonString();

    static JsonNode Call(EndedCall call)
    {
        var columns = call.Usage.Columns();
        columns["provider"] = call.Model.Provider;
        columns["model"] = call.Model.Model;
        if (call.LedgerId is { } id) columns["id"] = id;
        return columns;
    }

    static decimal? Cost(NpgsqlDataReader row) => row.IsDBNull(0) ? null : row.GetDecimal(0);
}
