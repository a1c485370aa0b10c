namespace Overmind.Client;

/// <summary>A message as models were given it.</summary>
public sealed record SentMessage
{
    /// <summary>Null for a summary, and for a memory.</summary>
    public Guid? Id { get; init; }

    /// <summary><c>user</c>, <c>assistant</c>, <c>tool</c>, <c>system</c>, <c>summary</c> or <c>memory</c>.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }

    /// <summary>Of a memory: which it is, and why it was given; null for all else.</summary>
    public RunMemory? Memory { get; init; }
}
