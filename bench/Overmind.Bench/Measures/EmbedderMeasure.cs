using System.Diagnostics;
using Overmind.Models.Embeddings.Builtin;
using Overmind.Models.Tokens;

namespace Overmind.Bench.Measures;

/// <summary>
/// What the built-in embedder makes of short texts on one core. Its floor is the least that could be done with the same vectors: split the same
/// texts, look each word up, add the vectors up; no spelling, no weight, no length of 1.
/// </summary>
static class EmbedderMeasure
{
    const int Texts = 2_000;

    // One text takes microseconds; a measured operation is so many, so that the clock costs nothing.
    const int Batch = 100;

    // As people leave in a memory: eight to fifteen words, some with a name or a number that no table knows.
    static readonly string[] Sentences =
    [
        "The customer asked for a refund of order {0} because the parcel was late",
        "Anna Wojciechowska prefers meetings in the morning and answers by e-mail",
        "The nightly job failed with error E{0} after the disk had run full",
        "We agreed to plan the release for the second week of next month",
        "He is allergic to peanuts and likes long walks along the harbour",
        "Der Zug nach Berlin hat {0} Minuten Verspätung",
        "What makes a small bakery sell out of bread by noon each day?",
        "The contract with the supplier ends in {0} and has to be renewed",
    ];

    public static EmbedderFigures Run(BenchOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        var table = WordTable.Shared;
        var load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var texts = Enumerable.Range(0, Texts).Select(Text).ToList();
        var embedder = new TextVector(table);
        List<Latencies> measured = [], floor = [];
        for (var round = -1; round < options.Rounds; round++)
        {
            var one = Measure(texts, text => embedder.Of(text), options);
            var other = Measure(texts, text => Sum(table, text), options);
            // The first round lets the code be compiled.
            if (round < 0) continue;
            measured.Add(one);
            floor.Add(other);
        }

        var comparison = new Comparison("a short text", 1, new Rounds(measured).Median, new Rounds(floor).Median);
        return new EmbedderFigures(comparison, load, table.Size, table.Count, texts.Average(text => text.Length));
    }

    static Latencies Measure(List<string> texts, Func<string, float[]> embed, BenchOptions options)
    {
        var milliseconds = new List<double>();
        var watch = Stopwatch.StartNew();
        for (var at = 0; watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds; at = (at + Batch) % texts.Count)
        {
            var start = Stopwatch.GetTimestamp();
            for (var text = at; text < at + Batch; text++) GC.KeepAlive(embed(texts[text]));
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / Batch);
        }

        return Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds / Batch);
    }

    static float[] Sum(WordTable table, string text)
    {
        var sum = new float[table.Dimensions];
        Span<float> scratch = stackalloc float[sum.Length];
        Span<char> word = stackalloc char[FoldedWord.Longest];
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind is not TokenKind.Word) continue;
            var length = FoldedWord.Write(text.AsSpan(token.Start, token.Length), word);
            if (table.Find(FeatureHash.Of(word[..length])) is >= 0 and var row) table.AddTo(sum, row, scratch);
        }

        return sum;
    }

    static string Text(int number) => string.Format(Sentences[number % Sentences.Length], number);
}
