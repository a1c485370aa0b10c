namespace Overmind.Client;

/// <summary>A message to be appended.</summary>
public sealed record NewMessage
{
    /// <summary><c>user</c> (default), or for imports <c>system</c>, <c>assistant</c>, <c>tool</c>.</summary>
    public string? Role { get; init; }

    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>The message it answers, of the same conversation.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
