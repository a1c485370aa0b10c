namespace Overmind.Server.Access;

/// <summary>How many sessions were ended.</summary>
public sealed record EndedSessions(int Count)
{
    /// <summary>Always <c>session.ended</c>.</summary>
    public string Object { get; } = "session.ended";
}
