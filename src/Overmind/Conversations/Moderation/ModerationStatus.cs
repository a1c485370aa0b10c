using System.Text.Json.Serialization;

namespace Overmind.Conversations.Moderation;

/// <summary>What moderation says of a message; none where it was not moderated.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ModerationStatus>))]
public enum ModerationStatus
{
    /// <summary>A hook is still to say.</summary>
    Pending,

    Approved,

    /// <summary>For the review; it is used as any other.</summary>
    Flagged,

    /// <summary>For the review; no model and no share has it.</summary>
    Blocked,
}
