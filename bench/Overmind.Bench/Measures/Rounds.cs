namespace Overmind.Bench.Measures;

/// <summary>The same measurement made several times; the round in the middle stands for it, so that one disturbed round changes nothing.</summary>
sealed record Rounds(IReadOnlyList<Latencies> All)
{
    public Latencies Median => All.OrderBy(round => round.Rate).ElementAt(All.Count / 2);

    /// <summary>Measures the two in turn, so that what disturbs the machine for a while disturbs both.</summary>
    public static async Task<(Rounds First, Rounds Second)> InTurnAsync(int count, Func<Task<Latencies>> first, Func<Task<Latencies>> second)
    {
        List<Latencies> firsts = [], seconds = [];
        for (var round = 0; round < count; round++)
        {
            firsts.Add(await first());
            seconds.Add(await second());
        }
        return (new Rounds(firsts), new Rounds(seconds));
    }
}
