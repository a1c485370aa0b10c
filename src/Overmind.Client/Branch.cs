namespace Overmind.Client;

/// <summary>Where a conversation goes on otherwise. Its trunk, number 0, is no resource of its own.</summary>
public sealed record Branch
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>Which branch of the conversation, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The branch that it left; 0: the trunk.</summary>
    public required int ParentNumber { get; init; }

    /// <summary>The last message that it shares with its parent; null: none.</summary>
    public Guid? ForkedAfterMessageId { get; init; }

    /// <summary>1 to 100 characters; null: nobody named it.</summary>
    public string? Name { get; init; }

    /// <summary><c>regenerate</c>, <c>edit</c> or <c>fork</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it is the one that is shown and goes on.</summary>
    public required bool IsActive { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
