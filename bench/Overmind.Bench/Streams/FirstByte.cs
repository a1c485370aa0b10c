namespace Overmind.Bench.Streams;

/// <summary>How long the beginning of a streamed answer is on its way.</summary>
/// <param name="Name">By which way, as a reader would say it.</param>
/// <param name="Milliseconds">From the moment in which the provider writes it until its reader has it.</param>
/// <param name="HasAim">Whether <see cref="StreamFigures.MostAdded"/> is to hold.</param>
sealed record FirstByte(string Name, Latencies Milliseconds, bool HasAim = false);
