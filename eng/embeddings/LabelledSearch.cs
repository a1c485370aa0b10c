namespace Overmind.WordVectors;

/// <summary>
/// Questions with the texts that answer them. A tab-separated file: <c>D</c>, collection, id, text; <c>Q</c>, collection, ids of the answers with
/// commas between, question. A question is asked of its own collection.
/// </summary>
sealed class LabelledSearch
{
    readonly List<string[]> _questions;

    public LabelledSearch(string file)
    {
        var lines = File.ReadLines(file).Select(line => line.Split('\t')).ToLookup(line => line[0]);
        _questions = [.. lines["Q"]];
        Texts = lines["D"].GroupBy(line => line[1]).ToDictionary(group => group.Key, group => group.Select(line => (line[2], line[3])).ToList());
    }

    /// <summary>By collection.</summary>
    public Dictionary<string, List<(string Id, string Text)>> Texts { get; }

    public int Questions => _questions.Count;

    /// <summary>The share of a question's answers that are among its ten best texts; the mean of all questions.</summary>
    /// <param name="scorer">From collection and question: the score of a text by its position.</param>
    public double RecallAt10(Func<string, string, Func<int, double>> scorer) => _questions.Average(question =>
    {
        var texts = Texts[question[1]];
        var score = scorer(question[1], question[3]);
        var best = Enumerable.Range(0, texts.Count).OrderByDescending(score).Take(10).Select(at => texts[at].Id).ToHashSet();
        var answers = question[2].Split(',');
        return answers.Count(best.Contains) / (double)answers.Length;
    });
}
