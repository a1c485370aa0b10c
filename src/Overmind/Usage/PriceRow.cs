using Npgsql;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>How prices stand in the database: US dollars for one token, where people and the API say what a million costs.</summary>
static class PriceRow
{
    /// <summary>What one million costs, and a call, of a row named <c>p</c>: twelve columns.</summary>
    public const string Amounts = """
        trim_scale(p.input_price * 1000000),
        trim_scale(p.output_price * 1000000),
        trim_scale(p.cache_read_price * 1000000),
        trim_scale(p.cache_write_price * 1000000),
        trim_scale(p.cache_write_1h_price * 1000000),
        trim_scale(p.reasoning_price * 1000000),
        trim_scale(p.audio_input_price * 1000000),
        trim_scale(p.audio_output_price * 1000000),
        trim_scale(p.image_input_price * 1000000),
        trim_scale(p.image_output_price * 1000000),
        trim_scale(p.request_price),
        trim_scale(p.web_search_price)
        """;

    public const string Select = $"""
        select
            p.source, p.id, p.provider, p.model, p.context_above, p.service_tier, to_char(p.time_from, 'HH24:MI'), to_char(p.time_to, 'HH24:MI'),
            nullif(p.valid_from, '-infinity'), nullif(p.valid_to, 'infinity'), p.currency, p.note, p.created_by, p.created_at, p.updated_at,
            {Amounts}
        from prices p
        """;

    public static Price Map(NpgsqlDataReader row) => new()
    {
        Source = row.Word<PriceSource>(0),
        Id = row.GetGuid(1),
        Provider = row.GetString(2),
        Model = row.GetString(3),
        ContextAbove = row.GetInt64(4),
        ServiceTier = row.Text(5),
        Hours = row.Text(6) is { } from ? new PriceHours(from, row.GetString(7)) : null,
        ValidFrom = Time(row, 8),
        ValidTo = Time(row, 9),
        Currency = row.GetString(10),
        Note = row.Text(11),
        CreatedBy = row.Value<Guid>(12),
        CreatedAt = Time(row, 13),
        UpdatedAt = Time(row, 14),
        PerMillion = PerMillion(row, 15),
        PerCall = PerCall(row, 15),
    };

    /// <param name="first">Where <see cref="Amounts"/> begin.</param>
    public static PricePerMillion PerMillion(NpgsqlDataReader row, int first) => new()
    {
        Input = row.Value<decimal>(first + 0),
        Output = row.Value<decimal>(first + 1),
        CacheRead = row.Value<decimal>(first + 2),
        CacheWrite = row.Value<decimal>(first + 3),
        CacheWrite1h = row.Value<decimal>(first + 4),
        Reasoning = row.Value<decimal>(first + 5),
        AudioInput = row.Value<decimal>(first + 6),
        AudioOutput = row.Value<decimal>(first + 7),
        ImageInput = row.Value<decimal>(first + 8),
        ImageOutput = row.Value<decimal>(first + 9),
    };

    /// <param name="first">Where <see cref="Amounts"/> begin.</param>
    public static PricePerCall PerCall(NpgsqlDataReader row, int first) => new()
    {
        Request = row.Value<decimal>(first + 10),
        WebSearch = row.Value<decimal>(first + 11),
    };

    /// <summary>The amounts as the columns of a row hold them, in their order.</summary>
    public static IEnumerable<decimal?> Stored(PricePerMillion perMillion, PricePerCall perCall) =>
        [.. PriceRules.All(perMillion).Select(a => a.Amount / 1_000_000), perCall.Request, perCall.WebSearch];

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);
}
