namespace Overmind.Usage;

/// <summary>Whether the sums of usage are what the ledger adds up to, at one moment.</summary>
/// <param name="Sums">What the ledger and each of the sums add up to, over all organizations; the ledger first.</param>
/// <param name="Differences">The first places where a sum is another; empty when none is.</param>
sealed record UsageVerification(IReadOnlyList<UsageSum> Sums, IReadOnlyList<UsageDifference> Differences)
{
    /// <summary>Whether all of it adds up.</summary>
    public bool Holds => Differences.Count == 0 && Sums.All(sum => sum with { Of = Sums[0].Of } == Sums[0]);
}
