namespace Overmind.WebConsole.Settings;

/// <summary>What a shorter time to keep things would delete in the next night; null: its time is not shorter.</summary>
public sealed record ShorterRetention(long? Conversations, long? AuditLogs);
