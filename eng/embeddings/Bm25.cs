using Overmind.Models.Offline;

namespace Overmind.WordVectors;

/// <summary>Okapi BM25 (k1 1.2, b 0.75) over words without plural s, which is what vectors have to beat.</summary>
sealed class Bm25
{
    readonly List<Dictionary<string, int>> _texts;
    readonly Dictionary<string, int> _holding = [];
    readonly double _meanLength;

    public Bm25(IEnumerable<string> texts)
    {
        _texts = [.. texts.Select(text => Words.Keys(text).CountBy(key => key).ToDictionary())];
        foreach (var key in _texts.SelectMany(text => text.Keys)) _holding[key] = _holding.GetValueOrDefault(key) + 1;
        _meanLength = _texts.Average(text => text.Values.Sum());
    }

    public double Score(string query, int text) => Words.Keys(query).Distinct().Sum(key => Term(key, _texts[text]));

    double Term(string key, Dictionary<string, int> text)
    {
        if (!text.TryGetValue(key, out var times)) return 0;
        var rarity = Math.Log(1 + ((_texts.Count - _holding[key] + 0.5) / (_holding[key] + 0.5)));
        return rarity * times * 2.2 / (times + (1.2 * (0.25 + (0.75 * text.Values.Sum() / _meanLength))));
    }
}
