namespace Overmind.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
/// <param name="Load">Processes that wanted a processor in the minute before; much above 0 means that others disturbed the figures.</param>
sealed record Machine(string Processor, int Cores, int MemoryGigabytes, string Load)
{
    public static Machine This { get; } = new(
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        Environment.ProcessorCount,
        (int)Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024)),
        File.ReadAllText("/proc/loadavg").Split(' ')[0]);
}
