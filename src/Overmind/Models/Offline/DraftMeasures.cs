namespace Overmind.Models.Offline;

/// <summary>
/// What the offline judge measures of a draft, and the score it makes of it. Each part is a share of 0 to 1:
/// <code>
/// part         points  share
/// coverage     3.5     of the weight of the question's 24 weightiest words (and, at half weight, of 8 that the user said before) in the draft
/// depth        2.0     of that weight, half for a word in two statements (sentences, list items) and all for one in three: treated, not only named
/// insights     1.0     of the distilled insights of which at least 60 % of the words are in the draft
/// form         1.5     of what the question asks for in form: code, a data format, a number of items, a limit of words; full when it asks for none
/// structure    0.5     a third each: two blocks or more; a heading or list, unless it has fewer than 60 words; a complete last line
/// specificity  0.5     of its words that carry matter, counted once each, among all its words; 0.35 or more is full
/// variety      0.5     of its three-word sequences that occur once; 0.5 or fewer is none
/// length       0.5     40 to 900 words is full; below in proportion, above falling to none at 3,000
/// </code>
/// The sum is capped: at 0 when it is empty; at 1 when it has fewer than eight different words, or says one word over and over; at 2 when it is
/// cut off, takes up less than a third of the question's weight, or speaks to the judge; at 3 when it hardly says more than the question.
/// Rounded to one decimal.
/// </summary>
sealed record DraftMeasures
{
    static readonly string[] Marks = ["#", "- ", "* ", "1. ", "```", "|"];

    public required double Coverage { get; init; }

    public required double Depth { get; init; }

    public required double Insights { get; init; }

    public required double Form { get; init; }

    public required double Structure { get; init; }

    public required double Specificity { get; init; }

    public required double Variety { get; init; }

    public required double Length { get; init; }

    /// <summary>10 when nothing is wrong.</summary>
    public required double Cap { get; init; }

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public string? Fault { get; init; }

    public required IReadOnlyList<Phrase> MissingPhrases { get; init; }

    /// <summary>Phrases that it only names.</summary>
    public required IReadOnlyList<Phrase> ThinPhrases { get; init; }

    /// <summary>What it lacks of the form that is asked for, in words.</summary>
    public required IReadOnlyList<string> MissingForm { get; init; }

    public required IReadOnlyList<string> MissingInsights { get; init; }

    /// <summary>0 to 10, one decimal.</summary>
    public double Score => Math.Round(Math.Min(Cap, Sum), 1, MidpointRounding.AwayFromZero);

    double Sum => (3.5 * Coverage) + (2 * Depth) + Insights + (1.5 * Form) + ((Structure + Specificity + Variety + Length) / 2);

    public static DraftMeasures Of(OfflinePrompt prompt)
    {
        var topic = prompt.Topic();
        var draft = Words.Windowed(OfflineLabel.Without(prompt.Draft)).Trim();
        var words = Words.Keys(draft);
        var keys = words.ToHashSet();
        var insights = DistilledInsights.Read(prompt.Insights);
        var missing = insights.Where(i => !Carries(keys, i)).ToList();
        var statements = topic.Statements(StatementsIn(draft));
        var coverage = topic.Mean(topic.Statements([keys]), n => Math.Min(n, 1));
        var form = AskedForm.Of(prompt.Question);
        var lacks = form.Lacks(draft, words.Count).ToList();
        var (cap, fault) = DraftFaults.Of(prompt, draft, words, keys, coverage);
        return new DraftMeasures
        {
            Coverage = coverage,
            Depth = topic.Mean(statements, n => Math.Clamp((n - 1) / 2.0, 0, 1)),
            Insights = insights.Count == 0 ? coverage : 1 - ((double)missing.Count / insights.Count),
            Form = lacks.Count == 0 ? 1 : 1 - ((double)lacks.Count / form.Demands),
            MissingForm = lacks,
            Structure = StructureOf(draft, words.Count),
            Specificity = words.Count == 0 ? 0 : Math.Min(1, Words.ContentKeys(draft).Distinct().Count() / (0.35 * words.Count)),
            Variety = VarietyOf(words),
            Length = words.Count < 40 ? words.Count / 40.0 : Math.Clamp((3000 - words.Count) / 2100.0, 0, 1),
            Cap = cap,
            Fault = fault,
            MissingPhrases = topic.In(topic.Statements([keys]), 0, 0),
            ThinPhrases = topic.In(statements, 1, 2),
            MissingInsights = missing,
        };
    }

    /// <summary>The words of its sentences; titles are none.</summary>
    static IEnumerable<List<string>> StatementsIn(string draft) =>
        Sentences.Of(draft, int.MaxValue).Where(s => !s.StartsWith('#')).Distinct().Select(Words.Keys);

    static bool Carries(HashSet<string> keys, string insight)
    {
        var content = Words.ContentKeys(insight);
        return content.Count == 0 || content.Count(keys.Contains) >= 0.6 * content.Count;
    }

    static double StructureOf(string draft, int words)
    {
        var lines = draft.Split('\n').Select(l => l.TrimStart()).ToList();
        var blocks = draft.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length >= 2;
        var marked = words < 60 || lines.Any(l => Marks.Any(m => l.StartsWith(m, StringComparison.Ordinal)));
        return ((blocks ? 1 : 0) + (marked ? 1 : 0) + (DraftFaults.IsCutOff(draft) ? 0 : 1)) / 3.0;
    }

    static double VarietyOf(List<string> words)
    {
        if (words.Count < 4) return 0;
        var triples = Enumerable.Range(0, words.Count - 2).Select(i => (words[i], words[i + 1], words[i + 2])).ToList();
        return Math.Clamp(((triples.Distinct().Count() / (double)triples.Count) - 0.5) * 2, 0, 1);
    }
}
