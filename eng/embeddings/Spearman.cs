namespace Overmind.WordVectors;

/// <summary>Rank correlation; equal values share their mean rank.</summary>
static class Spearman
{
    public static double Of(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (a, b) = (Ranks(left), Ranks(right));
        var (meanA, meanB) = (a.Average(), b.Average());
        var together = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return together / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]]; to++) continue;
            for (var i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2.0;
        }

        return ranks;
    }
}
