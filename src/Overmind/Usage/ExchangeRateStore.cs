using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of exchange rates.</summary>
public sealed class ExchangeRateStore(Database database)
{
    const string Columns = "id, currency, valid_from, trim_scale(rate), created_by, created_at, updated_at";

    const string SetSql = $"""
        insert into exchange_rates (currency, valid_from, rate)
        values ($1, $2, $3)
        on conflict on constraint exchange_rates_day_key do update
        set rate = excluded.rate
        returning {Columns}
        """;

    /// <summary>By id; with one row more than the page's limit when there are more.</summary>
    internal Task<IReadOnlyList<ExchangeRate>> ListAsync(Claims claims, string? currency, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [page.Cursor, page.Limit + 1, Parameter.Text(currency)];
        var sql = $"""
            select {Columns}
            from exchange_rates
            where ($1::uuid is null or id {comparison} $1)
              and ($3 is null or currency = $3){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {direction}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    internal async Task<ExchangeRate> SetAsync(Claims claims, string currency, DateOnly validFrom, decimal rate, CancellationToken cancellationToken) =>
        (await database.FindAsync(claims, new Statement(SetSql, currency, validFrom, rate), Map, cancellationToken))!;

    /// <summary>How many there were of it.</summary>
    internal Task<int> DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, "delete from exchange_rates where id = $1", [id], cancellationToken);

    static ExchangeRate Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Currency = row.GetString(1),
        ValidFrom = row.GetFieldValue<DateOnly>(2),
        Rate = row.GetDecimal(3),
        CreatedBy = row.Value<Guid>(4),
        CreatedAt = row.Time(5),
        UpdatedAt = row.Time(6),
    };
}
