namespace Overmind.Client;

/// <summary>A message as a point of the conversation's tree.</summary>
public sealed record TreeNode
{
    /// <summary>The message's id.</summary>
    public required Guid Id { get; init; }

    public Guid? ParentMessageId { get; init; }

    /// <summary>0: the trunk.</summary>
    public required int Branch { get; init; }

    /// <summary>Whether the active branch leads through it.</summary>
    public required bool IsActive { get; init; }

    public required long Seq { get; init; }

    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The first 80 characters of its text.</summary>
    public required string Preview { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
