namespace Overmind.Client;

/// <summary>How many were forgotten.</summary>
sealed record DeletedMemories(long Count);
