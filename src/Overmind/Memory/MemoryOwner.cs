using System.Text.Json.Serialization;

namespace Overmind.Memory;

/// <summary>Whose memory it is.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MemoryOwner>))]
public enum MemoryOwner
{
    /// <summary>The member whose row it is.</summary>
    User,

    /// <summary>An agent, in that member's service.</summary>
    Agent,

    /// <summary>A project; who sees it sees its memories.</summary>
    Project,

    /// <summary>The organization: every member sees it.</summary>
    Organization,
}
