using System.Text.Json.Serialization;

namespace Overmind.Memory;

/// <summary>What kind of memory it is, which says what shape it has (<see cref="MemoryShape"/>).</summary>
[JsonConverter(typeof(LowerSnakeEnum<MemoryType>))]
public enum MemoryType
{
    /// <summary>What happened, and when.</summary>
    Episodic,

    /// <summary>What is so: a concept and what it is.</summary>
    Semantic,

    /// <summary>How something is done: a skill and its steps.</summary>
    Procedural,

    /// <summary>What is at hand: a few items, no more than fit.</summary>
    Working,
}
