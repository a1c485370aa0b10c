using System.Text.RegularExpressions;

namespace Overmind.Memory.Forming;

/// <summary>One form of a sentence that states something lasting.</summary>
/// <param name="expression">Groups: <c>v</c> the value, <c>k</c> what of, <c>not</c> that it is denied.</param>
/// <param name="key">Its key; <c>{k}</c> and <c>{v}</c> stand for the groups, <c>{pair}</c> for both in their order. Null: it contradicts nothing.</param>
/// <param name="yes">The value where the key has the group <c>v</c> in it; null: the group is the value.</param>
sealed class FactPattern(string expression, string? key, string? yes, string category, double importance, MemoryType type = MemoryType.Semantic)
{
    // Not backtracking: in time that grows with the sentence, whatever somebody writes.
    readonly Regex _expression = new(expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <param name="sentence">In plain words (<see cref="Utterance.Plain"/>).</param>
    /// <param name="denied">Whether it said that something is no longer so.</param>
    public Fact? Read(string sentence, string content, bool denied)
    {
        var match = _expression.Match(sentence);
        if (!match.Success)
            return null;
        var said = match.Groups["v"].Value.Trim();
        var value = FactValue.Of(said);
        var of = FactValue.Of(match.Groups["k"].Value);
        if (FactValue.IsEmpty(said, value) || (key?.Contains("{k}", StringComparison.Ordinal) is true && FactValue.IsPassing(of, value)))
            return null;
        var isDenial = denied || match.Groups["not"].Length > 0;
        var turned = isDenial && yes is not null;
        return new Fact
        {
            Type = type,
            Category = category,
            Content = content,
            Importance = importance,
            Key = key is null ? null : KeyOf(key, of, value),
            Value = key is null ? null : yes is null ? value : turned ? $"not {yes}".Replace("not not ", "", StringComparison.Ordinal) : yes,
            Said = yes is null && key is not null ? said : null,
            IsDenial = isDenial && yes is null,
            When = match.Groups["when"] is { Length: > 0 } when ? when.Value : null,
        };
    }

    static string KeyOf(string key, string of, string value)
    {
        var pair = string.CompareOrdinal(of, value) < 0 ? $"{of}|{value}" : $"{value}|{of}";
        var whole = key.Replace("{k}", of, StringComparison.Ordinal).Replace("{v}", value, StringComparison.Ordinal).Replace("{pair}", pair, StringComparison.Ordinal);
        return FactPatterns.Aliases.GetValueOrDefault(whole, whole);
    }
}
