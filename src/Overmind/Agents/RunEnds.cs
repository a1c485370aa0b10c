namespace Overmind.Agents;

/// <summary>The rules by which a run ends after an inspected iteration, and which answer it keeps.</summary>
static class RunEnds
{
    /// <summary>A gain of the best score below this is none.</summary>
    const double Gain = 0.2;

    /// <summary>Why the run ends after these complete iterations; null when it goes on.</summary>
    public static TerminationReason? After(RunSnapshot run, IReadOnlyList<IterationResult> complete)
    {
        if (complete.Count == 0) return null;
        if (complete[^1].Score >= run.QualityThreshold) return TerminationReason.Threshold;
        if (complete.Count >= run.MaxN2Iterations)
            return complete.Any(i => i.Score is not null) ? TerminationReason.MaxIterations : TerminationReason.Unscored;
        return Plateau([.. complete.Where(i => i.Score is not null).Select(i => i.Score!.Value)]) ? TerminationReason.Plateau : null;
    }

    /// <summary>The best scored, the earlier of two alike; without any score the latest assembled.</summary>
    public static IterationResult? Best(IReadOnlyList<IterationResult> iterations)
    {
        var assembled = iterations.Where(i => i.Assembled is not null).ToList();
        return assembled.Where(i => i.Score is not null).MaxBy(i => i.Score) ?? assembled.LastOrDefault();
    }

    static bool Plateau(List<double> scores)
    {
        if (scores.Count < 3) return false;
        var before = scores.Take(scores.Count - 2).Max();
        var between = Math.Max(before, scores[^2]);
        var now = Math.Max(between, scores[^1]);
        // Scores have few decimals: a gain of 0.2 must not be lost to 8.2 - 8.0 = 0.19999999999999929.
        return between - before < Gain - 1e-9 && now - between < Gain - 1e-9;
    }
}
