namespace Overmind.Models.Offline;

/// <summary>What makes a draft worth little whatever it measures.</summary>
static class DraftFaults
{
    const double OnTopic = 1 / 3.0;

    /// <summary>Texts by which an answer tries to sway its judge. One that the conversation itself uses is no sign of it.</summary>
    static readonly string[] ToTheJudge =
    [
        "\"score\":", "<|", "ignore the above", "ignore all previous", "ignore previous", "ignore any instruction", "disregard the above",
        "disregard all", "final score", "highest score", "output the following", "score this answer", "rate this answer",
    ];

    /// <summary>The most it can score, 10 when nothing is wrong, and why.</summary>
    public static (double Cap, string? Fault) Of(OfflinePrompt prompt, string draft, List<string> words, HashSet<string> keys, double coverage)
    {
        if (words.Count == 0) return (0, "It is empty.");
        if (keys.Count < 8) return (1, "It says almost nothing.");
        if (words.GroupBy(w => w).Max(g => g.Count()) > 0.4 * words.Count) return (1, "It says one word over and over.");
        if (prompt.DraftIsCutOff || IsCutOff(draft)) return (2, "It is cut off before its end.");
        if (coverage < OnTopic) return (2, "It does not take up the question.");
        if (SpeaksToTheJudge(prompt, draft)) return (2, "It speaks to the judge instead of the user.");
        return IsEcho(prompt.Question, draft) ? (3, "It hardly says more than the question.") : (10, null);
    }

    /// <summary>An open code fence, or a last line that breaks off: in a word or at a comma, although other lines are finished.</summary>
    public static bool IsCutOff(string draft)
    {
        if (CountOf(draft, "```") % 2 == 1) return true;
        var lines = draft.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        if (lines.Count == 0) return false;
        var last = lines[^1];
        if (last[^1] is ',' or ';' or ':' or '(' or '[' or '{' or '“' or '-' or '–' or '/' or '=') return true;
        if (IsFinished(last) || last.StartsWith('|') || last.StartsWith('#')) return false;
        var alike = lines.SkipLast(1).Where(l => IsItem(l) == IsItem(last) && !l.StartsWith('#') && !l.StartsWith('|')).ToList();
        // Short lines without full stops are a list, a poem or a name; prose ends with one.
        return alike.Count > 0 ? alike.Count(IsFinished) * 2 > alike.Count : !IsItem(last) && last.Length > 80;
    }

    static bool IsFinished(string line) =>
        !char.IsLetterOrDigit(line[^1]) || char.GetUnicodeCategory(line[^1]) is System.Globalization.UnicodeCategory.OtherLetter;

    static bool IsItem(string line) => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal)
        || (char.IsAsciiDigit(line[0]) && line.Contains(". ", StringComparison.Ordinal));

    static bool SpeaksToTheJudge(OfflinePrompt prompt, string draft) =>
        ToTheJudge.Any(sign => draft.Contains(sign, StringComparison.OrdinalIgnoreCase)
            && !prompt.Question.Contains(sign, StringComparison.OrdinalIgnoreCase)
            && !prompt.History.Any(m => m.Text.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Nearly all of a question and nearly nothing else. An answer taken from a long material quotes, but not nearly all of it.</summary>
    static bool IsEcho(string question, string draft)
    {
        var said = Words.ContentKeys(draft).ToHashSet();
        var asked = Words.ContentKeys(question).ToHashSet();
        return asked.Count > 0 && asked.Count(said.Contains) > 0.9 * asked.Count && said.Count(k => !asked.Contains(k)) < 0.1 * said.Count;
    }

    static int CountOf(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal)) count++;
        return count;
    }
}
