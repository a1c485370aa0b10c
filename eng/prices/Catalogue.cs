using System.Globalization;
using System.Text;

namespace Overmind.PriceCatalogue;

/// <summary>
/// The catalogue as rows of text. The file is COPY's text format: a line <c>&gt; table columns</c> begins a table, its rows follow. Two versions of it
/// are compared line by line in a review.
/// </summary>
sealed record Catalogue(
    IReadOnlyList<string[]> Providers, IReadOnlyList<string[]> Models, IReadOnlyList<string[]> Aliases, IReadOnlyList<string[]> Rules,
    IReadOnlyList<PriceRow> Prices)
{
    public static readonly string[] Kinds =
    [
        "input_price", "output_price", "cache_read_price", "cache_write_price", "cache_write_1h_price", "reasoning_price", "audio_input_price",
        "audio_output_price", "image_input_price", "image_output_price", "request_price", "web_search_price",
    ];

    const string Null = @"\N";
    static readonly string[] Conditions = ["provider", "model", "context_above", "service_tier", "time_from", "time_to", "valid_from", "valid_to"];

    /// <summary>
    /// The next catalogue. What it does not date holds from its day on, and the price before until then: a call of last month keeps last month's price.
    /// Models that are gone stay with their prices, as inactive ones.
    /// </summary>
    public Catalogue FollowedBy(Catalogue next, DateOnly day)
    {
        var from = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var now = next.Models.Select(m => (m[0], m[1])).ToHashSet();
        var gone = Models.Where(m => !now.Contains((m[0], m[1]))).Select(m => (string[])[.. m[..^1], "f"]).ToList();
        var before = Prices.ToLookup(p => p.Key);
        var after = next.Prices.ToLookup(p => p.Key);
        List<PriceRow> prices = [];
        foreach (var key in before.Select(p => p.Key).Union(after.Select(p => p.Key)))
            prices.AddRange(Follow([.. before[key]], [.. after[key]], from, stays: !now.Contains((key.Provider, key.Model))));
        var providers = next.Providers.Concat(Providers.ExceptBy(next.Providers.Select(p => p[0]), p => p[0]));
        var names = gone.Select(m => (m[0], m[1])).ToHashSet();
        var taken = next.Aliases.Select(a => (a[0], a[1])).ToHashSet();
        return new Catalogue(
            [.. providers], [.. next.Models, .. gone],
            [.. next.Aliases, .. Aliases.Where(a => names.Contains((a[0], a[2])) && !taken.Contains((a[0], a[1])))], next.Rules, prices);
    }

    static IEnumerable<PriceRow> Follow(PriceRow[] before, PriceRow[] after, string from, bool stays)
    {
        if (stays || before.Length == 0) return before.Length == 0 ? after : before;
        var last = before.FirstOrDefault(p => p.ValidTo == PriceRow.Always);
        return after switch
        {
            [] => before.Select(p => p == last ? p with { ValidTo = from } : p),
            [{ ValidFrom: PriceRow.Ever, ValidTo: PriceRow.Always } only] when last is null => [.. before, only with { ValidFrom = from }],
            [{ ValidFrom: PriceRow.Ever, ValidTo: PriceRow.Always } only] when only.CostsAs(last!) => before,
            [{ ValidFrom: PriceRow.Ever, ValidTo: PriceRow.Always } only] when last.ValidFrom != from =>
                [.. before.Where(p => p != last), last with { ValidTo = from }, only with { ValidFrom = from }],
            [{ ValidFrom: PriceRow.Ever, ValidTo: PriceRow.Always } only] => [.. before.Where(p => p != last), only with { ValidFrom = from }],
            _ => after,
        };
    }

    public string Write(DateOnly version)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{version:yyyy-MM-dd}\n");
        Write(text, "registry_providers key name aliases url_pattern model_pattern fallbacks", Providers);
        Write(text, "model_registry provider name display_name context_window is_active", Models);
        Write(text, "model_aliases provider alias model", Aliases);
        Write(text, "model_match_rules provider position kind pattern model", Rules);
        Write(
            text, $"model_prices {string.Join(' ', Conditions)} {string.Join(' ', Kinds)}",
            Prices.Select(p => (string[])
            [
                p.Provider, p.Model, p.ContextAbove.ToString(CultureInfo.InvariantCulture), p.ServiceTier, p.TimeFrom, p.TimeTo, p.ValidFrom, p.ValidTo, .. p.Amounts,
            ]));
        return text.ToString();
    }

    public static Catalogue Parse(string text)
    {
        var tables = text.Split("\n> ").Skip(1).ToDictionary(
            table => table[..table.IndexOf(' ', StringComparison.Ordinal)],
            table => table.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split('\t').Select(Read).ToArray()).ToList());
        return new Catalogue(
            tables["registry_providers"], tables["model_registry"], tables["model_aliases"], tables["model_match_rules"],
            [.. tables["model_prices"].Select(r => new PriceRow(r[0], r[1], long.Parse(r[2], CultureInfo.InvariantCulture), r[3], r[4], r[5], r[6], r[7], r[8..]))]);
    }

    static void Write(StringBuilder text, string heading, IEnumerable<string[]> rows)
    {
        text.Append("> ").Append(heading).Append('\n');
        foreach (var row in rows.Order(Comparer<string[]>.Create(Compare))) text.AppendJoin('\t', row.Select(Escape)).Append('\n');
    }

    static int Compare(string[] x, string[] y)
    {
        for (var at = 0; at < x.Length; at++)
            if (ByNumber(x[at], y[at]) is var order and not 0)
                return order;
        return 0;
    }

    static int ByNumber(string x, string y) =>
        int.TryParse(x, CultureInfo.InvariantCulture, out var a) && int.TryParse(y, CultureInfo.InvariantCulture, out var b) ? a.CompareTo(b) : string.CompareOrdinal(x, y);

    static string Escape(string value) =>
        value.Length == 0 ? Null : value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\t", " ", StringComparison.Ordinal).ReplaceLineEndings(" ");

    static string Read(string value) => value == Null ? "" : value.Replace(@"\\", @"\", StringComparison.Ordinal);
}
