namespace Overmind.Server.Memory;

/// <summary>The answer to a deletion by filter.</summary>
sealed record DeletedMemories(long Count)
{
    public string Object { get; } = "memory.deletion";
}
