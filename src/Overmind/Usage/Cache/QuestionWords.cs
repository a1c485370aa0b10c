using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Overmind.Usage.Cache;

/// <summary>
/// What vectors do not tell of a question. A word like "not" hardly moves one, and to those that read a text as a bag of words, as the built-in embedder does,
/// "euros to dollars" is "dollars to euros". docs/cache.md has what it is worth: of 70 pairs of alike questions with other answers ten were as near as 0.99 without
/// it, none with it.
/// </summary>
static partial class QuestionWords
{
    /// <summary>Words that turn what a question means: of its negation, direction, order and time, in the commonest languages.</summary>
    static readonly FrozenSet<string> Turning = new[]
    {
        "not", "no", "never", "none", "neither", "nor", "without", "except", "before", "after", "since", "until", "from", "out", "off", "under", "over", "above", "below",
        "up", "down", "more", "less", "most", "least", "maximum", "minimum", "max", "min", "highest", "lowest", "left", "right", "first", "second", "third", "last", "next", "previous", "old",
        "new", "ascending", "descending", "increase", "decrease", "enable", "disable", "true", "false", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "yesterday", "morning", "evening", "night",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "winter", "summer", "he", "she", "his", "her",
        "nicht", "kein", "keine", "keinen", "nie", "ohne", "vor", "nach", "bis", "ab", "von", "aus", "pas", "sans", "jamais", "avant", "après", "sin", "nunca", "antes", "después", "non", "senza",
        "mai", "prima", "dopo",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The words and numbers that have to be the same, in their order.</summary>
    public static IEnumerable<string> Fixed(string question) =>
        Word().Matches(question).Select(m => Plain(m.Value)).Where(w => char.IsAsciiDigit(w[0]) || Turning.Contains(w));

    /// <summary>Whether the words that both have come in the same order.</summary>
    public static bool InSameOrder(string one, string other)
    {
        var (left, right) = (Words(one), Words(other));
        var (inLeft, inRight) = (Counts(left), Counts(right));
        return left.Where(w => inRight.ContainsKey(w) && inLeft[w] == inRight[w]).SequenceEqual(right.Where(w => inLeft.ContainsKey(w) && inLeft[w] == inRight[w]));
    }

    static List<string> Words(string question) => [.. Word().Matches(question).Select(m => Plain(m.Value))];

    static Dictionary<string, int> Counts(List<string> words) => words.CountBy(w => w).ToDictionary();

    static string Plain(string word)
    {
        var plain = word.ToLowerInvariant().Replace('’', '\'');
        return plain.EndsWith("n't", StringComparison.Ordinal) ? "not" : plain;
    }

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*|\p{L}+(?:['’]\p{L}+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
