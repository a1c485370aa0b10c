using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>A message of the conversation before the question: <c>user</c>, <c>assistant</c>, <c>tool</c> or <c>system</c>, and its text.</summary>
sealed record HistoryMessage(string Role, string Content)
{
    /// <summary>Null in runs that were made before this was kept.</summary>
    public Guid? Id { get; init; }

    /// <summary>What was attached to it; its texts are in the content by the time a snapshot is made.</summary>
    [JsonIgnore]
    public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

    /// <summary>What it takes in a window, as it stood when the run was made.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether it is given to models whatever leaves.</summary>
    public bool Pinned { get; init; }
}
