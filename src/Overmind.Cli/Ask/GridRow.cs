namespace Overmind.Cli.Ask;

/// <summary>An agent, or a phase of the synthesis.</summary>
sealed record GridRow(string Key, string Name, bool IsAgent);
