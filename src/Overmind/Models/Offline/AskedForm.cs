namespace Overmind.Models.Offline;

/// <summary>
/// The form that a question asks for in English words, as far as it can be checked: code, a data format, a number of items, a limit of words.
/// </summary>
/// <param name="Code">A program, function or page is to be written.</param>
/// <param name="Format"><c>json</c>, <c>yaml</c>, <c>csv</c>, <c>xml</c>, <c>table</c>; null when none is named.</param>
/// <param name="Items">So many list items at least; 0 for none.</param>
/// <param name="MostWords">So many words at most; null for no limit.</param>
sealed record AskedForm(bool Code, string? Format, int Items, int? MostWords)
{
    static readonly HashSet<string> Making = ["write", "implement", "develop", "create", "build", "code", "program", "parallelize"];
    static readonly HashSet<string> Programs =
        ["program", "function", "code", "script", "website", "webpage", "class", "query", "algorithm", "html", "css", "python", "c++", "sql", "javascript"];

    static readonly HashSet<string> Listing = ["list", "give", "provide", "suggest", "propose", "describe", "name", "write", "create", "include", "find", "up"];
    static readonly HashSet<string> Formats = ["json", "yaml", "csv", "xml", "table"];
    static readonly string[] Numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static AskedForm Of(string question)
    {
        var form = new AskedForm(false, null, 0, null);
        foreach (var sentence in Sentences.Of(question, int.MaxValue)) form = form.With(Words.Keys(sentence));
        return form;
    }

    /// <summary>What a draft lacks of it, in words.</summary>
    public IEnumerable<string> Lacks(string draft, int words)
    {
        var lines = draft.Split('\n').Select(l => l.TrimStart()).ToList();
        var fenced = lines.Any(l => l.StartsWith("```", StringComparison.Ordinal));
        if (Code && !fenced) yield return "the code that is asked for";
        if (Format is not null && !fenced && !lines.Any(l => l.StartsWith('{') || l.StartsWith('[') || l.StartsWith('|')))
            yield return $"the {Format} that is asked for";
        if (lines.Count(l => l.StartsWith("- ", StringComparison.Ordinal) || l.StartsWith("* ", StringComparison.Ordinal) || IsNumbered(l)) < Items)
            yield return $"a list of {Items} items";
        if (words > MostWords) yield return $"its limit of {MostWords} words";
    }

    /// <summary>How many things can be lacking.</summary>
    public int Demands => (Code ? 1 : 0) + (Format is null ? 0 : 1) + (Items > 0 ? 1 : 0) + (MostWords is null ? 0 : 1);

    static bool IsNumbered(string line) => line.Length > 2 && char.IsAsciiDigit(line[0]) && line.AsSpan(1, 2).IndexOfAny('.', ')') >= 0;

    AskedForm With(List<string> words)
    {
        var form = this;
        var makes = words.Exists(Making.Contains);
        var lists = words.Exists(Listing.Contains);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "implement" || (makes && Programs.Contains(words[i]))) form = form with { Code = true };
            if (Formats.Contains(words[i])) form = form with { Format = words[i] };
            if (Number(words[i]) is not { } number) continue;
            var limit = i > 1 && words[i - 1] is "than" && words[i - 2] is "fewer" or "les" or "less";
            if (limit && i + 1 < words.Count && words[i + 1] == "word") form = form with { MostWords = number };
            else if (lists && !limit && number is >= 2 and <= 20 && i > 0 && CountsItems(words, i)) form = form with { Items = Math.Max(form.Items, number) };
        }

        return form;
    }

    /// <summary>Followed, within three words, by what is counted in a list.</summary>
    static bool CountsItems(List<string> words, int at) =>
        words.Skip(at + 1).Take(3).Any(w => w is "example" or "option" or "impact" or "idea" or "principle" or "step" or "point" or "item" or "way"
            or "reason" or "tip" or "film" or "question" or "method" or "case" or "artwork");

    static int? Number(string word)
    {
        if (int.TryParse(word, out var digits)) return digits;
        var at = Array.IndexOf(Numbers, word);
        return at < 0 ? null : at + 2;
    }
}
