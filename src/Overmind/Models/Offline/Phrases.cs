using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>Finds the phrases of a text: runs of at most four words that carry matter, broken by any other word or sign.</summary>
static class Phrases
{
    const int LongestRun = 4;

    static readonly HashSet<string> Conditions =
    [
        "must", "only", "exactly", "least", "most", "fewer", "less", "more", "without", "never", "not", "no", "each", "every", "under", "within",
        "limit", "except", "avoid", "always", "should",
    ];

    public static List<Phrase> Of(string text, Func<string, double> weightOf)
    {
        var window = Words.Windowed(text);
        var phrases = new List<Phrase>();
        var run = new List<Token>();
        var sentence = new List<(int Start, int End, List<string> Keys)>();
        var constraint = false;
        foreach (var token in Tokenizer.Split(window))
        {
            var word = window.AsSpan(token.Start, token.Length);
            if (token.Kind is TokenKind.Word)
            {
                constraint |= Conditions.Contains(word.ToString().ToLowerInvariant());
                if (Words.IsContent(word))
                {
                    if (run.Count(t => t.Kind is TokenKind.Word) == LongestRun) CloseRun();
                    run.Add(token);
                    continue;
                }
            }

            if (token.Kind is TokenKind.Sign && run.Count is > 0 and < 2 * LongestRun)
            {
                run.Add(token);
                continue;
            }

            CloseRun();
            if (token.Kind is TokenKind.Stop) CloseSentence();
        }

        CloseRun();
        CloseSentence();
        return phrases;

        void CloseRun()
        {
            while (run.Count > 0 && run[^1].Kind is not TokenKind.Word) run.RemoveAt(run.Count - 1);
            if (run.Count > 0)
            {
                var keys = run.Where(t => t.Kind is TokenKind.Word).Select(t => Words.Key(window.AsSpan(t.Start, t.Length))).ToList();
                sentence.Add((run[0].Start, run[^1].End, keys));
            }

            run.Clear();
        }

        void CloseSentence()
        {
            foreach (var (start, end, keys) in sentence)
                phrases.Add(new Phrase(Words.OneLine(window[start..end], 140), keys, phrases.Count, constraint, keys.Sum(weightOf) / Math.Sqrt(keys.Count)));
            sentence.Clear();
            constraint = false;
        }
    }
}
