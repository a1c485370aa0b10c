using System.Numerics.Tensors;
using Overmind.Models.Embeddings.Builtin;

namespace Overmind.WordVectors;

/// <summary>The built-in embedder beside what it has to beat: the mean of the same vectors, and BM25, which knows words alone.</summary>
sealed class Quality(PackageVectors package)
{
    readonly TextVector _shipped = new(WordTable.Shared);

    // Weights of 1, nothing taken out, no spelling.
    readonly TextVector _mean = new(WordTable.Read(new TableBuilder { Components = null, HalfWeight = 1e9 }.Build(package)), 0, 0);

    public string OfPairs(string file)
    {
        var pairs = LabelledPairs.Read(file);
        var scores = pairs.Select(pair => pair.Score).ToList();
        var words = new Bm25(pairs.SelectMany(pair => (string[])[pair.First, pair.Second]));
        var bm25 = Spearman.Of([.. pairs.Select((pair, at) => words.Score(pair.First, (2 * at) + 1) + words.Score(pair.Second, 2 * at))], scores);
        return Line($"Spearman, {pairs.Count} pairs", ByVector(_shipped), ByVector(_mean), bm25);

        double ByVector(TextVector text) =>
            Spearman.Of([.. pairs.Select(pair => (double)TensorPrimitives.Dot<float>(text.Of(pair.First), text.Of(pair.Second)))], scores);
    }

    public string OfSearch(string file)
    {
        var search = new LabelledSearch(file);
        var words = search.Texts.ToDictionary(p => p.Key, p => new Bm25(p.Value.Select(t => t.Text)));
        var bm25 = search.RecallAt10((collection, question) => at => words[collection].Score(question, at));
        var shipped = ByVector(_shipped, search);
        var both = search.RecallAt10((collection, question) =>
            Fused(search.Texts[collection].Count, shipped(collection, question), at => words[collection].Score(question, at)));
        var lines = new List<string> { $"{Line($"recall@10, {search.Questions} questions", search.RecallAt10(shipped), search.RecallAt10(ByVector(_mean, search)), bm25)}, by reciprocal rank {both:0.000}" };
        foreach (var beside in (double[])[0, 0.2, 0.35, 0.5])
            lines.Add($"  shares of the best, neighbours {beside:0.00}: {search.RecallAt10(Shared(beside)):0.000}, BM25 with neighbours {search.RecallAt10(Words(beside)):0.000}");
        return string.Join('\n', lines);

        Func<string, string, Func<int, double>> Shared(double beside) => (collection, question) =>
        {
            var texts = search.Texts[collection].Count;
            var (byWords, byVector) = (Scores(texts, at => words[collection].Score(question, at)), Scores(texts, shipped(collection, question)));
            var (mostWords, mostVector) = (Math.Max(byWords.Max(), 1e-9), Math.Max(byVector.Max(), 1e-9));
            return Beside([.. byWords.Zip(byVector, (word, vector) => (word / mostWords) + (Math.Max(vector, 0) / mostVector))], beside);
        };

        Func<string, string, Func<int, double>> Words(double beside) => (collection, question) =>
            Beside(Scores(search.Texts[collection].Count, at => words[collection].Score(question, at)), beside);
    }

    static Func<string, string, Func<int, double>> ByVector(TextVector text, LabelledSearch search)
    {
        var vectors = search.Texts.ToDictionary(p => p.Key, p => p.Value.Select(t => text.Of(t.Text)).ToList());
        return (collection, question) =>
        {
            var asked = text.Of(question);
            return at => TensorPrimitives.Dot<float>(asked, vectors[collection][at]);
        };
    }

    /// <summary>Two rankings as one, by the sum of 1 / (60 + rank) (Cormack et al. 2009, Reciprocal Rank Fusion).</summary>
    static Func<int, double> Fused(int texts, params Func<int, double>[] scores)
    {
        var sums = new double[texts];
        foreach (var score in scores)
            foreach (var (rank, at) in Enumerable.Range(0, texts).OrderByDescending(score).Index()) sums[at] += 1 / (61.0 + rank);
        return at => sums[at];
    }

    static double[] Scores(int texts, Func<int, double> score) => [.. Enumerable.Range(0, texts).Select(score)];

    /// <summary>With a share of the scores of the texts before and after, as the search of the product adds it.</summary>
    static Func<int, double> Beside(double[] scores, double share) => at =>
        scores[at] + (share * ((at > 0 ? scores[at - 1] : 0) + (at + 1 < scores.Length ? scores[at + 1] : 0)));

    static string Line(string what, double shipped, double mean, double bm25) => $"{what}: built-in {shipped:0.000}, mean of vectors {mean:0.000}, BM25 {bm25:0.000}";
}
