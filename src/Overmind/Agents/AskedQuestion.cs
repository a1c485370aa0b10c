namespace Overmind.Agents;

/// <summary>A message, and the question that it is or answers.</summary>
sealed record AskedQuestion
{
    public string Role { get; init; } = "";

    public int Branch { get; init; }

    public long Seq { get; init; }

    /// <summary>Null when there is none.</summary>
    public Guid? QuestionId { get; init; }

    public int? QuestionBranch { get; init; }

    public long? QuestionSeq { get; init; }

    public string? Question { get; init; }

    /// <summary>Its parts as JSON, where they may name attachments.</summary>
    public string? QuestionParts { get; init; }

    /// <summary>Whether moderation keeps it from models.</summary>
    public bool IsBlocked { get; init; }
}
