using System.Text.Json.Serialization;

namespace Overmind.Memory;

/// <summary>Where a memory comes from.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MemorySource>))]
public enum MemorySource
{
    /// <summary>Somebody wrote it.</summary>
    User,

    /// <summary>A message said it.</summary>
    Message,

    /// <summary>An agent wrote it.</summary>
    Agent,

    /// <summary>A file, or a project's array.</summary>
    Import,

    /// <summary>Other memories, which it sums up.</summary>
    Consolidation,
}
