using System.Text.RegularExpressions;
using Overmind.Models.Offline;

namespace Overmind.Memory.Forming;

/// <summary>One sentence of a message that may state something.</summary>
/// <param name="Content">As it was said, without what leads up to it.</param>
/// <param name="Plain">The same with contractions written out and without what says that it no longer is.</param>
/// <param name="IsDenial">It says that something is no longer so.</param>
/// <param name="IsCorrection">It corrects what was said before.</param>
sealed partial record Utterance(string Content, string Plain, bool IsDenial, bool IsCorrection)
{
    const int LongestSentence = 400;

    /// <summary>Of a message: no questions, suppositions, quotes or code.</summary>
    public static IEnumerable<Utterance> Of(string message)
    {
        var own = Quoted().Replace(Code().Replace(message, "\n"), "\n");
        foreach (var sentence in Sentences.Of(own, LongestSentence))
        {
            if (sentence.EndsWith('?') || sentence.EndsWith('…') || sentence.Contains('?', StringComparison.Ordinal))
                continue;
            foreach (var clause in Clause().Split(sentence))
                if (Of(clause.Trim(), sentence) is { } statement)
                    yield return statement;
        }
    }

    static Utterance? Of(string clause, string sentence)
    {
        var lead = Lead().Match(clause);
        var content = clause[lead.Length..].Trim().TrimStart('-', '*', ',', ' ');
        var plain = Written(content);
        if (content.Length == 0 || Supposition().IsMatch(Written(sentence)) || Supposition().IsMatch(plain))
            return null;
        var denial = NoLonger().IsMatch(plain);
        if (denial)
            plain = NoLonger().Replace(plain, " ").Replace(" do not ", " ", StringComparison.OrdinalIgnoreCase).Replace(" am not ", " am ", StringComparison.OrdinalIgnoreCase)
                .Replace(" is not ", " is ", StringComparison.OrdinalIgnoreCase).Replace(" are not ", " are ", StringComparison.OrdinalIgnoreCase);
        return new Utterance($"{char.ToUpperInvariant(content[0])}{content[1..]}", Blanks().Replace(plain, " ").Trim().TrimEnd('.', '!', ';', ',', ':', ' '), denial, Correction().IsMatch(lead.Value));
    }

    static string Written(string text)
    {
        var plain = text.Replace('’', '\'');
        plain = Cannot().Replace(plain, "cannot");
        plain = Not().Replace(plain, " not");
        plain = Contracted().Replace(plain, m => m.Groups["end"].Value.ToLowerInvariant() switch
        {
            "m" => " am",
            "re" => " are",
            "ve" => " have",
            "ll" => " will",
            _ => " would",
        });
        return IsContracted().Replace(plain, "${of} is");
    }

    [GeneratedRegex("```.*?(?:```|$)|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex("^\\s*>.*$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    [GeneratedRegex(@";\s+|,?\s+(?:and|but)\s+(?=(?:i|we|my|our|i'm|i've|we're|i’m|we’re)\b)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clause();

    [GeneratedRegex(@"^[\s\-*•]*(?:(?:hi|hello|hey)(?:\s+\w+)?\s*[,!.]\s*|(?:actually|well|ok|okay|so|by the way|btw|fyi|just so you know|for the record|correction|sorry|no|nope|yes|yeah|and|but|also|oh|wait|hm+|to be clear|as i said|update|in fact)\b\s*[,:.\-–—]*\s*)*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\b(?:actually|correction|sorry|no|nope|wait|update)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Correction();

    [GeneratedRegex(@"^(?:if|unless|suppose|supposing|imagine|assume|assuming|let us say|say|what if|in case|maybe|perhaps|possibly|when|whenever|once)\b|\b(?:would|could|might|should i|i wish|i guess|i think|i am thinking|thinking of|considering|not sure|wonder|pretend|as if|even if|only if|hypothetically|for example|for instance|e\.g\.|i may|we may|i will|we will|going to)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Supposition();

    [GeneratedRegex(@"\s+(?:no longer|anymore|any more|any longer)\b|\bno longer\s+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NoLonger();

    [GeneratedRegex(@"\bcan't\b|\bcan not\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Cannot();

    [GeneratedRegex(@"(?<=\b(?:do|does|did|is|are|was|were|have|has|had|wo|would|should|could))n't\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Not();

    [GeneratedRegex(@"(?<=\b(?:i|we|you|they))'(?<end>m|re|ve|ll|d)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contracted();

    [GeneratedRegex(@"\b(?<of>it|that|there)'s\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex IsContracted();

    [GeneratedRegex("\\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
