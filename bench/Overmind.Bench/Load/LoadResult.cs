namespace Overmind.Bench.Load;

/// <summary>What the load generator saw.</summary>
/// <param name="Latencies">Of the requests that were answered with 2xx in the time that counts.</param>
/// <param name="Errors">Requests that were answered otherwise.</param>
/// <param name="FirstError">Status and body of the first of them.</param>
/// <param name="ProcessorSeconds">Processor time that the generator itself took.</param>
public sealed record LoadResult(Latencies Latencies, int Errors, string? FirstError, double ProcessorSeconds);
