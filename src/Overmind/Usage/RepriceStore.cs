using System.Text.Json.Nodes;
using Overmind.Audit;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of pricing anew.</summary>
public sealed class RepriceStore(Database database)
{
    const string RepriceSql = """
        select
            provider, model, calls, changed, trim_scale(coalesce(cost_before, 0)), trim_scale(coalesce(cost_after, 0)), unpriced_before, unpriced_after
        from overmind.reprice_usage($1, $2, $3, $4, $5)
        """;

    const string UnpricedSql = """
        select provider, model, calls, coalesce(tokens_input, 0)::bigint, coalesce(tokens_output, 0)::bigint, first_call_at, last_call_at
        from unpriced_models
        order by calls desc, provider, model
        limit 100
        """;

    internal async Task<IReadOnlyList<RepricedModel>> RepriceAsync(Claims claims, RepriceRequest request, CancellationToken cancellationToken)
    {
        List<Statement> statements =
        [
            new(RepriceSql, request.From.UtcDateTime, request.To.UtcDateTime, Parameter.Text(request.Provider), Parameter.Text(request.Model), request.Apply),
        ];
        if (request.Apply) statements.Add(AuditTrail.Record(Entry(request), null));
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
        var models = await results.ListAsync(row => new RepricedModel
        {
            Provider = row.GetString(0),
            Model = row.GetString(1),
            Calls = row.GetInt64(2),
            Changed = row.GetInt64(3),
            CostBefore = row.GetDecimal(4),
            CostAfter = row.GetDecimal(5),
            UnpricedBefore = row.GetInt64(6),
            UnpricedAfter = row.GetInt64(7),
        });
        await results.CompleteAsync();
        return models;
    }

    /// <summary>The 100 that were called most.</summary>
    internal Task<IReadOnlyList<UnpricedModel>> UnpricedAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims,
        new Statement(UnpricedSql),
        row => new UnpricedModel
        {
            Provider = row.GetString(0),
            Model = row.GetString(1),
            Calls = row.GetInt64(2),
            TokensInput = row.GetInt64(3),
            TokensOutput = row.GetInt64(4),
            FirstCallAt = row.Time(5),
            LastCallAt = row.Time(6),
        },
        cancellationToken);

    static AuditEntry Entry(RepriceRequest request) => new()
    {
        EventType = "usage.repriced",
        Action = AuditAction.Update,
        ResourceType = "usage",
        Status = AuditStatus.Success,
        Metadata = new JsonObject
        {
            ["from"] = request.From,
            ["to"] = request.To,
            ["provider"] = request.Provider,
            ["model"] = request.Model,
        },
    };
}
