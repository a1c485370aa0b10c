using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>Why a branch was made.</summary>
[JsonConverter(typeof(LowerSnakeEnum<BranchReason>))]
public enum BranchReason
{
    /// <summary>For another answer to the same question.</summary>
    Regenerate,

    /// <summary>For a question put otherwise.</summary>
    Edit,

    /// <summary>For anything else.</summary>
    Fork,
}
