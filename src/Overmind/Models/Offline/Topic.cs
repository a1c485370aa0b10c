using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>
/// What a question is about, as far as it can be counted: its weightiest words, and with half their weight those of what the user said before.
/// </summary>
sealed class Topic
{
    const int MostTerms = 24;
    const int MostContextTerms = 8;
    const int MostSentences = 40;

    readonly Dictionary<string, double> _weights;

    Topic(Dictionary<string, double> weights, List<Phrase> phrases, List<string> sentences)
    {
        _weights = weights;
        Phrases = phrases;
        Sentences = sentences;
        TotalWeight = weights.Values.Sum();
    }

    /// <summary>The words an answer should take up, by key.</summary>
    public IReadOnlyDictionary<string, double> Terms => _weights;

    public double TotalWeight { get; }

    /// <summary>The phrases that hold such a word, each once, those of the question before those of the context.</summary>
    public IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Sentences of the material: all but the one that asks, and those of the conversation before it.</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <param name="wanted">Phrases that a repair directive names; new words in them count as much as a plain one of the question.</param>
    public static Topic Of(string question, IReadOnlyList<(string By, string Text)> history, IReadOnlyList<string> wanted)
    {
        var weights = Weigh(question, MostTerms, 1);
        // Not by what the assistant said: an answer that is the same every time would be covered by its own repetition.
        var context = string.Join("\n\n", history.Where(m => m.By == "user").TakeLast(2).Select(m => m.Text));
        var before = string.Join("\n\n", history.TakeLast(2).Select(m => OfflineLabel.Matter(m.Text)));
        foreach (var (key, weight) in Weigh(context, MostContextTerms, 0.5)) weights.TryAdd(key, weight);
        foreach (var key in wanted.SelectMany(Words.ContentKeys)) weights.TryAdd(key, 1);

        var ask = Ask(question);
        var phrases = Offline.Phrases.Of($"{question}\n\n{context}\n\n{string.Join(". ", wanted)}", key => weights.GetValueOrDefault(key))
            .Where(p => p.Weight > 0)
            .DistinctBy(p => string.Join(' ', p.Keys))
            .Select(p => p with { Asked = ask.Contains(p.Text, StringComparison.Ordinal) })
            .ToList();
        var asked = Offline.Sentences.Of(question);
        var material = asked.Count > 1 ? asked.Where(s => s != ask) : [];
        var sentences = material.Concat(Offline.Sentences.Of(before))
            .Where(s => Words.ContentKeys(s).Count >= 4)
            .Distinct()
            .Take(MostSentences)
            .ToList();
        return new Topic(weights, phrases, sentences);
    }

    /// <summary>The last sentence of a question that asks, else its first.</summary>
    public static string Ask(string question)
    {
        var sentences = Offline.Sentences.Of(question);
        return sentences.LastOrDefault(s => s.EndsWith('?') || s.EndsWith('？')) ?? sentences.FirstOrDefault() ?? Words.OneLine(question, 120);
    }

    /// <summary>In how many of the statements each of its words stands; absent when in none.</summary>
    public Dictionary<string, int> Statements(IEnumerable<IEnumerable<string>> statements) =>
        statements.SelectMany(s => s.Distinct()).Where(_weights.ContainsKey).GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>The weighted mean of a share (0 to 1) by the number of statements a word stands in; 1 without any words.</summary>
    public double Mean(IReadOnlyDictionary<string, int> statements, Func<int, double> share) =>
        TotalWeight == 0 ? 1 : _weights.Sum(t => t.Value * share(statements.GetValueOrDefault(t.Key))) / TotalWeight;

    /// <summary>The phrases with a word that stands in so many statements (0, 0: missing), the weightiest first.</summary>
    public List<Phrase> In(IReadOnlyDictionary<string, int> statements, int least, int most) =>
    [
        .. Phrases.Where(p => p.Keys.Any(k => _weights.ContainsKey(k) && statements.GetValueOrDefault(k) is var n && n >= least && n <= most))
            .OrderByDescending(p => p.Weight).ThenBy(p => p.Order),
    ];

    /// <summary>
    /// A word weighs 1, half as much more for each time it doubles, and up to half more when it is a number, is written with a capital
    /// inside a sentence, or is long. Without any word that carries matter, all words count.
    /// </summary>
    static Dictionary<string, double> Weigh(string text, int most, double factor)
    {
        var window = Words.Windowed(text);
        var words = Tokenizer.Split(window).Where(t => t.Kind is TokenKind.Word).ToList();
        var content = words.Where(t => Words.IsContent(window.AsSpan(t.Start, t.Length))).ToList();
        return (content.Count > 0 ? content : words)
            .GroupBy(t => Words.Key(window.AsSpan(t.Start, t.Length)))
            .Select(g => (g.Key, Weight: (1 + (0.5 * Math.Log2(g.Count())) + Emphasis(window, g.First())) * factor, g.First().Start))
            .OrderByDescending(t => t.Weight).ThenBy(t => t.Start)
            .Take(most)
            .ToDictionary(t => t.Key, t => t.Weight);
    }

    static double Emphasis(string text, Token token)
    {
        var first = text[token.Start];
        var named = char.IsUpper(first) && token.Start > 1 && text[token.Start - 2] is not ('.' or '!' or '?' or '\n');
        return named || char.IsDigit(first) ? 0.5 : Math.Min(token.Length, 12) / 24.0;
    }
}
