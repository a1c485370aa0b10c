using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Overmind.PriceCatalogue;

/// <summary>Reads the source's JSON: providers with their models, whose prices are in US dollars for a million tokens or a thousand calls.</summary>
sealed class SourceReading
{
    static readonly string[] SourceKinds =
    [
        "input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok", "output_reasoning_mtok", "input_audio_mtok",
        "output_audio_mtok", "input_image_mtok", "output_image_mtok", "requests_kcount", "web_searches_kcount",
    ];

    /// <summary>What runs here costs nothing; no provider sells it.</summary>
    static readonly (string Key, string Name)[] Ours = [("offline", "Offline model"), ("builtin", "Built-in embedder"), ("onnx", "ONNX models")];

    readonly List<string[]> _providers = [];
    readonly List<string[]> _models = [];
    readonly List<string[]> _aliases = [];
    readonly List<string[]> _rules = [];
    readonly List<PriceRow> _prices = [];

    /// <summary>Kinds of prices that have no column, with how many there are.</summary>
    public Dictionary<string, int> LeftOut { get; } = [];

    public Catalogue Read(JsonElement providers)
    {
        foreach (var (key, name) in Ours)
        {
            _providers.Add([key, name, "{}", "", "", "{}"]);
            _models.Add([key, "any", name, "", "t"]);
            _rules.Add([key, "1", "regex", "^", "any"]);
            _prices.Add(new PriceRow(key, "any", 0, "", "", "", PriceRow.Ever, PriceRow.Always, ["0", "0", .. Enumerable.Repeat("", SourceKinds.Length - 2)]));
        }

        var keys = providers.EnumerateArray().Select(p => Text(p, "id")).ToHashSet();
        foreach (var provider in providers.EnumerateArray()) Read(provider, keys);
        return new Catalogue(_providers, _models, _aliases, _rules, _prices);
    }

    void Read(JsonElement provider, HashSet<string> keys)
    {
        var key = Text(provider, "id");
        var names = provider.TryGetProperty("provider_match", out var match) ? Alternatives(match).Select(a => a.Pattern).Where(n => !keys.Contains(n)) : [];
        var models = provider.TryGetProperty("model_match", out var own) ? string.Join('|', Alternatives(own).Select(Regexp)) : "";
        var fallbacks = provider.TryGetProperty("fallback_model_providers", out var others) ? others.EnumerateArray().Select(o => o.GetString()) : [];
        _providers.Add([key, Text(provider, "name"), Array(names), $"^(?:{Text(provider, "api_pattern")})", models, Array(fallbacks!)]);

        var position = 0;
        HashSet<string> aliases = [];
        foreach (var model in provider.GetProperty("models").EnumerateArray())
        {
            var name = Text(model, "id");
            _models.Add([key, name, Text(model, "name"), Number(model, "context_window"), model.TryGetProperty("deprecated", out var old) && old.GetBoolean() ? "f" : "t"]);
            aliases.Add(name.ToLowerInvariant());
            foreach (var (kind, pattern) in Alternatives(model.GetProperty("match")))
                if (kind != "equals")
                    _rules.Add([key, (++position).ToString(CultureInfo.InvariantCulture), kind, pattern, name]);
                else if (aliases.Add(pattern))
                    _aliases.Add([key, pattern, name]);
            Read(key, name, model.GetProperty("prices"));
        }
    }

    // Of several prices the last whose condition holds counts: those that begin at a date follow each other, those of a time of the day stand beside.
    void Read(string provider, string model, JsonElement prices)
    {
        if (prices.ValueKind is JsonValueKind.Object)
        {
            Add(provider, model, prices, ("", ""), PriceRow.Ever, PriceRow.Always);
            return;
        }

        var all = prices.EnumerateArray().Select(p => (Prices: p.GetProperty("prices"), Start: Condition(p, "start_date"), From: Condition(p, "start_time"), To: Condition(p, "end_time"))).ToList();
        var dated = all.Where(p => p.From.Length == 0).ToList();
        for (var at = 0; at < dated.Count; at++)
            Add(
                provider, model, dated[at].Prices, ("", ""), dated[at].Start is { Length: > 0 } start ? start : PriceRow.Ever,
                at + 1 < dated.Count ? dated[at + 1].Start : PriceRow.Always);
        foreach (var timed in all.Where(p => p.From.Length > 0))
            Add(provider, model, timed.Prices, (timed.From[..5], timed.To[..5]), PriceRow.Ever, PriceRow.Always);
    }

    /// <summary>A row for each size of a prompt from which on another price holds for all of its tokens.</summary>
    void Add(string provider, string model, JsonElement prices, (string From, string To) hours, string validFrom, string validTo)
    {
        foreach (var kind in prices.EnumerateObject().Where(k => !SourceKinds.Contains(k.Name)))
            LeftOut[kind.Name] = LeftOut.GetValueOrDefault(kind.Name) + 1;
        var known = prices.EnumerateObject().Where(k => SourceKinds.Contains(k.Name)).ToDictionary(k => k.Name, k => k.Value);
        var starts = known.Values.Where(v => v.ValueKind is JsonValueKind.Object).SelectMany(v => v.GetProperty("tiers").EnumerateArray())
            .Select(t => t.GetProperty("start").GetInt64()).Append(0).Distinct();
        if (known.Count == 0) return;
        foreach (var above in starts)
            _prices.Add(new PriceRow(
                provider, model, above, "", hours.From, hours.To, validFrom, validTo,
                [.. SourceKinds.Select(kind => known.TryGetValue(kind, out var price) ? Amount(price, above, kind.EndsWith("mtok", StringComparison.Ordinal) ? 1_000_000 : 1_000) : "")]));
    }

    static string Amount(JsonElement price, long above, decimal units)
    {
        var amount = price.ValueKind is JsonValueKind.Number
            ? price.GetDecimal()
            : price.GetProperty("tiers").EnumerateArray().Where(t => t.GetProperty("start").GetInt64() <= above).OrderBy(t => t.GetProperty("start").GetInt64())
                .Select(t => t.GetProperty("price").GetDecimal()).LastOrDefault(price.GetProperty("base").GetDecimal());
        // The source has what a binary fraction leaves behind, as 0.18000000000000002.
        return decimal.Round(amount / units, 18).ToString("0.##################", CultureInfo.InvariantCulture);
    }

    /// <summary>Of a rule that is one or the other. What must hold together tells resellers apart, whose own keys do that, too.</summary>
    static IEnumerable<(string Kind, string Pattern)> Alternatives(JsonElement rule)
    {
        var clause = rule.EnumerateObject().Single();
        return clause.Name switch
        {
            "or" => clause.Value.EnumerateArray().SelectMany(Alternatives),
            "and" => [],
            "equals" => [("equals", clause.Value.GetString()!.ToLowerInvariant())],
            "starts_with" => [("prefix", clause.Value.GetString()!.ToLowerInvariant())],
            "contains" => [("part", clause.Value.GetString()!.ToLowerInvariant())],
            "ends_with" => [("suffix", clause.Value.GetString()!.ToLowerInvariant())],
            // Of a name in lower case; the source's patterns have none but small letters.
            "regex" => [("regex", clause.Value.GetString()!)],
            _ => throw new InvalidDataException($"the rule '{clause.Name}' is not known"),
        };
    }

    static string Regexp((string Kind, string Pattern) rule) => rule.Kind switch
    {
        "equals" => $"^{Regex.Escape(rule.Pattern)}$",
        "prefix" => $"^{Regex.Escape(rule.Pattern)}",
        "suffix" => $"{Regex.Escape(rule.Pattern)}$",
        "part" => Regex.Escape(rule.Pattern),
        _ => rule.Pattern,
    };

    static string Condition(JsonElement price, string name) =>
        price.TryGetProperty("constraint", out var condition) && condition.ValueKind is JsonValueKind.Object ? Text(condition, name) : "";

    static string Array(IEnumerable<string> values) => $"{{{string.Join(',', values)}}}";

    static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    static string Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetRawText() : "";
}
