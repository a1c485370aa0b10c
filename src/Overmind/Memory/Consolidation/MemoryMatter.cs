namespace Overmind.Memory.Consolidation;

/// <summary>What of a memory is compared with another: the words of matter, and what has to be the same to the letter.</summary>
sealed record MemoryMatter(HashSet<string> Words, string Exact)
{
    /// <summary>Of the words of matter of the longer one, how many the shorter one has at least; and it has no others.</summary>
    const double Alike = 2.0 / 3;
    const int FewestWords = 2;

    static readonly string[] Negations = ["not", "no", "never", "none", "without", "dont", "cannot"];

    public static MemoryMatter Of(string content)
    {
        var tokens = content.Split([' ', '\t', '\r', '\n', ',', ';', ':', '!', '?', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var exact = tokens.Skip(1).Select(t => t.TrimEnd('.')).Where(t => t.Length > 0 && (char.IsUpper(t[0]) || t.Any(char.IsDigit)))
            .Concat(tokens.Select(t => t.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal))
                .Where(t => Negations.Contains(t) || t.EndsWith("nt", StringComparison.Ordinal) && t is "dont" or "doesnt" or "isnt" or "arent" or "wont" or "cant"));
        return new MemoryMatter([.. Models.Offline.Words.ContentKeys(content)], string.Join(' ', exact.Where(t => t != "I").Order(StringComparer.Ordinal)));
    }

    public bool IsAlike(MemoryMatter other)
    {
        var (more, fewer) = Words.Count >= other.Words.Count ? (Words, other.Words) : (other.Words, Words);
        return Exact == other.Exact && fewer.Count >= FewestWords && fewer.Count >= Alike * more.Count - 1e-9 && fewer.IsSubsetOf(more);
    }
}
