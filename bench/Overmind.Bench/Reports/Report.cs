using Overmind.Bench.DataSets;
using Overmind.Bench.Measures;
using Overmind.Bench.Streams;

namespace Overmind.Bench.Reports;

/// <summary>Everything that was measured in one run of the benchmark, and where.</summary>
sealed record Report
{
    public required DataSet DataSet { get; init; }

    public required BenchOptions Options { get; init; }

    public required string PostgresVersion { get; init; }

    /// <summary>Operations over HTTP; the floor is pgbench.</summary>
    public required IReadOnlyList<Comparison> Http { get; init; }

    /// <summary>Queries under row-level security; the floor is the same query with its predicates written by hand.</summary>
    public required IReadOnlyList<Comparison> Rls { get; init; }

    /// <summary>Runs of one iteration, and of four.</summary>
    public required IReadOnlyList<RunOverhead> Runs { get; init; }

    /// <summary>Streams of runs; the floor is a plain reader of the provider's stream.</summary>
    public required StreamFigures Streams { get; init; }

    /// <summary>The built-in embedder; the floor is adding up the same vectors.</summary>
    public required EmbedderFigures Embedder { get; init; }

    /// <summary>False when an aim was missed.</summary>
    public bool IsReached => Runs.All(run => run.IsReached) && Streams.IsReached && Embedder.IsReached && Http.Concat(Rls).All(comparison => comparison.IsReached != false);
}
