namespace Overmind.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Needed">True when nothing works without it.</param>
/// <param name="Remedy">What to do; null when nothing is to be done.</param>
sealed record Finding(string Name, bool Ok, bool Needed, string Found, string? Remedy = null);
