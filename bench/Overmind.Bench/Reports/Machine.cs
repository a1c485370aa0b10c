namespace Overmind.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
sealed record Machine(string Processor, int Cores, int MemoryGigabytes)
{
    public static Machine This { get; } = new(
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        Environment.ProcessorCount,
        (int)Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024)));
}
