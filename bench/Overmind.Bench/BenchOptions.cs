namespace Overmind.Bench;

/// <summary>How large and how long.</summary>
/// <param name="Messages">Messages to measure among.</param>
/// <param name="Seconds">Time that counts, for each side of each comparison, over all its rounds.</param>
/// <param name="Rounds">Rounds of each comparison, its two sides in turn.</param>
/// <param name="Sections">What to measure, of <see cref="BenchSection"/>.</param>
sealed record BenchOptions(int Messages, double Seconds, int Rounds, IReadOnlyList<string> Sections);
