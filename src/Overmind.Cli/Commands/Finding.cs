namespace Overmind.Cli.Commands;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Needed">True when nothing works without it.</param>
/// <param name="Found">What is there, or what to do.</param>
sealed record Finding(string Name, bool Ok, bool Needed, string Found);
