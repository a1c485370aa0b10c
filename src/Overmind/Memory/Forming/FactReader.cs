using System.Text.RegularExpressions;

namespace Overmind.Memory.Forming;

/// <summary>
/// Reads lasting facts out of what somebody said, without a model: a few forms of English sentences, by rules that always come to the same. What it is not sure
/// of it leaves.
/// </summary>
static partial class FactReader
{
    /// <param name="before">What the same person said last that was a fact; null: nothing.</param>
    public static IReadOnlyList<Fact> Read(string message, Fact? before)
    {
        var facts = new List<Fact>();
        foreach (var statement in Utterance.Of(message))
        {
            if (Read(statement, facts.LastOrDefault() ?? before) is { } fact)
                facts.Add(fact);
        }

        return facts;
    }

    static Fact? Read(Utterance statement, Fact? before)
    {
        if (Remember().Match(statement.Plain) is { Success: true } remember && statement.Content.Length > remember.Length)
        {
            var what = statement.Plain[remember.Length..];
            var kept = $"{char.ToUpperInvariant(what[0])}{what[1..]}";
            var inner = statement with { Content = kept, Plain = what };
            return (Stated(inner) ?? Note(kept)) with { Importance = 0.9 };
        }

        return Corrected(statement, before) ?? Stated(statement) ?? Other(statement);
    }

    static Fact? Stated(Utterance statement) =>
        FactPatterns.Semantic.Select(p => p.Read(statement.Plain, statement.Content, statement.IsDenial)).FirstOrDefault(f => f is not null);

    static Fact? Other(Utterance statement) => Idiom().IsMatch(statement.Plain)
        ? null
        : FactPatterns.Others.Select(p => p.Read(statement.Plain, statement.Content, denied: false)).FirstOrDefault(f => f is not null);

    static Fact Note(string content) => new() { Type = MemoryType.Semantic, Category = "note", Content = content, Importance = 0.9 };

    /// <summary>"No, I meant Paris": what was said before with another value.</summary>
    static Fact? Corrected(Utterance statement, Fact? before)
    {
        var match = Correction().Match(statement.Plain);
        if (!match.Success || before is not { Key: not null, Said: { } was })
            return null;
        var says = match.Groups["says"].Value;
        var not = match.Groups["not"].Value;
        if (!statement.IsCorrection && !says.StartsWith("i mean", StringComparison.OrdinalIgnoreCase) && FactValue.Of(not) != before.Value)
            return null;
        var said = match.Groups["v"].Value.Trim();
        var value = FactValue.Of(said);
        return FactValue.IsEmpty(said, value) ? null : before with
        {
            Content = before.Content.Contains(was, StringComparison.OrdinalIgnoreCase) ? before.Content.Replace(was, said, StringComparison.OrdinalIgnoreCase) : statement.Content,
            Value = value,
            Said = said,
            IsDenial = false,
        };
    }

    [GeneratedRegex(@"^(?:please )?(?:remember|keep in mind|note|do not forget)(?: that\b|:)\s*|^(?:please )?(?:remember|keep in mind|note) (?=(?:i|we|my|our|to)\b)|^(?:please )?do not forget (?=to\b)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remember();

    [GeneratedRegex(@"^(?<says>i meant|i mean|it is|that is|make that|should be) (?<v>[^,]+?)(?:,? (?:and )?not (?<not>.+))?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Correction();

    // What sounds like an order and is none, and what is only of this answer.
    [GeneratedRegex(@"^(?:please )?(?:do not|never) (?:worry|mind|know|think so|care|bother|get me wrong|understand|see|want|have)\b|\b(?:yet|this time|for now|right now|in this (?:answer|case|one|text))\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Idiom();
}
