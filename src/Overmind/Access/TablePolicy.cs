namespace Overmind.Access;

/// <summary>A policy of row-level security that is in force on a table.</summary>
/// <param name="IsPermissive">False: it narrows what the permissive ones let through.</param>
/// <param name="Command">ALL, SELECT, INSERT, UPDATE or DELETE.</param>
/// <param name="Using">Which rows there are for the command; null: all.</param>
/// <param name="WithCheck">What a row must be that is written; null: as <paramref name="Using"/>.</param>
public sealed record TablePolicy(string Name, bool IsPermissive, string Command, string? Using, string? WithCheck);
