using System.Text.Json.Serialization;

namespace Overmind.Memory.Consolidation;

/// <summary>How several memories become one.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ConsolidationType>))]
public enum ConsolidationType
{
    /// <summary>They say the same: one of them stays.</summary>
    Merge,

    /// <summary>Many events of one month: a summary takes their place.</summary>
    Summarize,

    /// <summary>Events that say the same of several days: a fact takes their place, which says how often it was so.</summary>
    Abstract,
}
