namespace Overmind.Client;

/// <summary>How many sessions were ended.</summary>
sealed record EndedSessions(int Count);
