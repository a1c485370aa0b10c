namespace Overmind.Client;

/// <summary>How many jobs a change concerned.</summary>
sealed record JobChange(long Count);
