namespace Overmind.Conversations;

/// <summary>How the texts of two versions of a message differ.</summary>
public sealed record MessageDiff
{
    /// <summary>Always <c>message.diff</c>.</summary>
    public string Object { get; } = "message.diff";

    public required Guid MessageId { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    /// <summary>In order; of a change first what is deleted.</summary>
    public required IReadOnlyList<DiffLine> Lines { get; init; }
}
