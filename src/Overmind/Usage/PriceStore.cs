using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of prices.</summary>
public sealed class PriceStore(Database database)
{
    const string FindSql = $"{PriceRow.Select} where p.id = $1";

    // What holds under the same conditions and begins earlier ends with the new one's beginning.
    const string EndPreviousSql = """
        update price_overrides
        set valid_to = $1
        where provider = $2
        and model = $3
        and context_above = $4
        and service_tier is not distinct from $5
        and time_from is not distinct from $6::time
        and time_to is not distinct from $7::time
        and valid_from < $1
        and valid_to > $1
        """;

    const string InsertSql = """
        insert into price_overrides (
            id, provider, model, context_above, service_tier, time_from, time_to, valid_from, valid_to, note,
            input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price,
            audio_output_price, image_input_price, image_output_price, request_price, web_search_price)
        values (
            $1, $2, $3, $4, $5, $6::time, $7::time, coalesce($8, '-infinity'), coalesce($9, 'infinity'), $10,
            $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        """;

    const string PerMillionSql = """
        , input_price = $9, output_price = $10, cache_read_price = $11, cache_write_price = $12, cache_write_1h_price = $13, reasoning_price = $14,
            audio_input_price = $15, audio_output_price = $16, image_input_price = $17, image_output_price = $18
        """;

    const string DeleteSql = """
        delete from price_overrides
        where id = $1
        and ($2::timestamptz is null or updated_at = $2)
        """;

    const string ModelsSql = $"""
        select p.id is not null, o.id is not null, {PriceRow.Amounts}
        from unnest($1::text[], $2::text[]) with ordinality as m (provider, model, place)
        cross join lateral overmind.find_price(overmind.org_id(), m.provider, m.model, $3, 0, null) as p
        left join price_overrides o on o.organization_id = overmind.org_id() and o.id = p.id
        order by m.place
        """;

    internal Task<Price?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id), PriceRow.Map, cancellationToken);

    /// <summary>By id; with one row more than the page's limit when there are more.</summary>
    internal Task<IReadOnlyList<Price>> ListAsync(Claims claims, PriceFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [page.Cursor, page.Limit + 1, Parameter.Text(filter.Source is { } source ? LowerSnake.Write(source) : null), Parameter.Text(filter.Provider)];
        var which = "$4 is null or p.provider = $4";
        if (filter.Model is { } model)
        {
            parameters.Add(model);
            which = """
                case p.source
                    when 'organization' then p.provider = $4 and (p.model = $5 or right(p.model, 1) = '*' and starts_with($5, left(p.model, -1)))
                    else (p.provider, p.model) = (select f.provider, f.model from overmind.find_model(overmind.org_id(), $4, $5) as f)
                end
                """;
        }

        var sql = $"""
            {PriceRow.Select}
            where ($1::uuid is null or p.id {comparison} $1)
            and ($3 is null or p.source = $3)
            and ({which}){CreatedRange.And(page.CreatedAt, parameters)}
            order by p.id {direction}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), PriceRow.Map, cancellationToken);
    }

    internal async Task<Price> InsertAsync(Claims claims, NewPrice price, CancellationToken cancellationToken)
    {
        var (tier, from, to) = (Parameter.Text(price.ServiceTier), price.Hours?.From, price.Hours?.To);
        List<Statement> statements = [];
        if (price is { EndsPrevious: true, ValidFrom: { } begins })
            statements.Add(new(
                EndPreviousSql, begins.UtcDateTime, price.Provider, price.Model, price.ContextAbove, Parameter.Text(price.ServiceTier), Parameter.Text(from), Parameter.Text(to)));
        statements.Add(new(
            InsertSql,
            [
                price.Id, price.Provider, price.Model, price.ContextAbove, tier, Parameter.Text(from), Parameter.Text(to), Parameter.Time(price.ValidFrom),
                Parameter.Time(price.ValidTo), Parameter.Text(price.Note), .. Amounts(price.PerMillion, price.PerCall),
            ]));
        statements.Add(new(FindSql, price.Id));
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
        var made = await results.FindAsync(PriceRow.Map);
        await results.CompleteAsync();
        return made!;
    }

    /// <summary>Changes one of the organization's, if it is still as it was at <paramref name="unchangedSince"/>. The second tells whether it was changed.</summary>
    internal async Task<(Price? Found, bool Changed)> ChangeAsync(
        Claims claims, Guid id, PricePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        List<object?> parameters =
        [
            id, Parameter.Time(unchangedSince), patch.ValidFrom is not null, Parameter.Time(patch.ValidFrom?.Value), patch.ValidTo is not null,
            Parameter.Time(patch.ValidTo?.Value), patch.Note is not null, Parameter.Text(patch.Note?.Value),
        ];
        var amounts = "";
        if (patch.PerMillion is { } perMillion)
        {
            amounts = PerMillionSql;
            parameters.AddRange(Amounts(perMillion, new PricePerCall()).SkipLast(2));
        }

        if (patch.PerCall is { } perCall)
        {
            amounts += $", request_price = ${parameters.Count + 1}, web_search_price = ${parameters.Count + 2}";
            parameters.AddRange([Parameter.Numeric(perCall.Request), Parameter.Numeric(perCall.WebSearch)]);
        }

        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    $"""
                    with changed as (
                        update price_overrides
                        set valid_from = case when $3 then coalesce($4, '-infinity') else valid_from end,
                            valid_to = case when $5 then coalesce($6, 'infinity') else valid_to end,
                            note = case when $7 then $8 else note end
                            {amounts}
                        where id = $1
                        and ($2::timestamptz is null or updated_at = $2)
                        returning id)
                    select count(*) from changed
                    """,
                    [.. parameters]),
                new(FindSql, id),
            ],
            cancellationToken);
        var changed = await results.FindAsync<long>() > 0;
        var found = await results.FindAsync(PriceRow.Map);
        await results.CompleteAsync();
        return (found, changed);
    }

    /// <summary>Whether there was one of the organization's to delete, and unchanged.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>What models cost at a moment, in their order; null for one whose price is not known.</summary>
    internal Task<IReadOnlyList<ModelPrice?>> PricesAsync(
        Claims claims, IReadOnlyList<Model> models, DateTimeOffset at, CancellationToken cancellationToken) => database.ListAsync(
            claims,
            new Statement(ModelsSql, models.Select(m => m.Provider).ToArray(), models.Select(m => m.Name).ToArray(), at.UtcDateTime),
            row => row.GetBoolean(0) ? new ModelPrice(PriceRow.PerMillion(row, 2), PriceRow.PerCall(row, 2), row.GetBoolean(1)) : null,
            cancellationToken);

    static IEnumerable<object> Amounts(PricePerMillion perMillion, PricePerCall perCall) => PriceRow.Stored(perMillion, perCall).Select(a => (object)Parameter.Numeric(a));
}
